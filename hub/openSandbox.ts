import type { Config } from '../kernel/config/index.js'
import type { Kernel } from '../kernel/context/index.js'
import type { Env } from '../kernel/env/index.js'
import type { Log } from '../kernel/log/index.js'
import type { Door } from '../sandbox/http/serve.js'
import { openSandboxIssuer, type SandboxIssuer } from '../sandbox/issuer.js'
import { type Sandbox, startSandbox } from '../sandbox/startSandbox.js'
import { seedSandbox } from './seedSandbox.js'

export interface OpenSandbox {
  issuer: SandboxIssuer
  /** Starts its two servers, which send their events to the hub at this address. */
  begin(hubUrl: string | null): Promise<void>
  /** Its servers, once begun. */
  readonly running: Sandbox | null
  stop(): Promise<void>
}

interface SandboxParts {
  env: Env
  config: Config
  kernel: Kernel
  log: Log
  manual: boolean
  /** The port that is held for its PBX. */
  pbx?: Door
  /** Called after its world was loaded. */
  loaded(): Promise<void>
}

/** Fills the hub with the sandbox's customers and past calls at its first start, and makes its servers ready to begin. */
export async function openSandbox({
  env,
  config,
  kernel,
  log,
  manual,
  pbx,
  loaded,
}: SandboxParts): Promise<OpenSandbox> {
  const issuer = await openSandboxIssuer(env.dataDir, kernel.clock)
  if (await seedSandbox(kernel, env.dataDir, log)) await loaded()
  let running: Sandbox | null = null
  const secretOf = (id: string) => config.systems.find(system => system.id === id)?.secret ?? ''
  return {
    issuer,
    get running() {
      return running
    },
    begin: async hubUrl => {
      // Without a gateway in this process there is nobody its events could be sent to.
      if (!hubUrl) return
      running = await startSandbox({
        dataDir: env.dataDir,
        hubUrl,
        secrets: { pbx: secretOf('sandbox-pbx'), crm: secretOf('sandbox-crm') },
        clock: kernel.clock,
        log,
        quiet: env.sandbox === 'quiet',
        manual,
        ports: { pbx },
      })
      const { pbxUrl, crmUrl } = running
      log.info({ part: 'sandbox', pbxUrl, crmUrl }, 'The sandbox runs')
    },
    stop: async () => running?.stop(),
  }
}
