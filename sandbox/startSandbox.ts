import type { Clock } from '../kernel/clock.js'
import { Crm } from './crm/crm.js'
import type { Door } from './http/serve.js'
import { openSandboxIssuer, type SandboxIssuer } from './issuer.js'
import type { SandboxLog } from './log.js'
import { Pbx } from './pbx/pbx.js'
import { type Origin, sandboxOrigin } from './store/origin.js'

export interface SandboxOptions {
  /** The hub's data folder; the sandbox keeps to `sandbox/` in it. */
  dataDir: string
  /** Where the hub takes webhooks, without a slash at the end. */
  hubUrl: string
  /** Of each server: signs its webhooks, and is the key to its API. */
  secrets: { pbx: string; crm: string }
  clock: Clock
  log: SandboxLog
  /** No traffic of its own. */
  quiet?: boolean
  /** Of the world made at the first start. */
  seed?: number
  /** Any free ports when left out; `pbx` may be a door that is held for it. */
  ports?: { pbx?: number | Door; crm?: number }
  /** Nothing runs by itself; `runDue` moves everything. For tests. */
  manual?: boolean
}

export interface Sandbox {
  pbxUrl: string
  crmUrl: string
  jwksUrl: string
  issuer: SandboxIssuer
  origin: Origin
  /** Lets everything happen that is due by the clock, and sends what there is to send. */
  runDue(): Promise<void>
  stop(): Promise<void>
}

export const defaultSeed = 20_260_101

/** Starts the PBX and the CRM. Both go on where they stopped. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    dataDir,
    hubUrl,
    secrets,
    clock,
    log,
    quiet = false,
    seed = defaultSeed,
    ports = {},
    manual = false,
  } = options
  const origin = await sandboxOrigin(dataDir, clock.now(), seed, log)
  const issuer = await openSandboxIssuer(dataDir, clock)
  const shared = { dataDir, hubUrl, clock, log, origin }
  const crm = await Crm.start({ ...shared, secret: secrets.crm, port: ports.crm ?? 0, jwks: issuer.jwks })
  const pbx = await Pbx.start({ ...shared, secret: secrets.pbx, port: ports.pbx ?? 0, quiet }).catch(async error => {
    await crm.stop()
    throw error
  })
  if (!manual) {
    crm.runLoops()
    pbx.runLoops()
  }
  return {
    pbxUrl: pbx.url,
    crmUrl: crm.url,
    jwksUrl: `${crm.url}/.well-known/jwks.json`,
    issuer,
    origin,
    runDue: async () => {
      pbx.tick()
      await Promise.all([pbx.send(), crm.send()])
    },
    stop: async () => {
      await Promise.all([pbx.stop(), crm.stop()])
    },
  }
}
