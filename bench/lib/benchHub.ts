import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '../../hub.js'
import { systemClock } from '../../kernel/clock.js'
import { type Config, loadConfig } from '../../kernel/config/index.js'
import { readEnv } from '../../kernel/env/index.js'
import { createLog } from '../../kernel/log/index.js'
import { sandboxConfigPath } from '../../sandbox/configPath.js'

export const hookSecret = 'a-secret-for-benchmarks'

export interface BenchHub {
  hub: RunningHub
  config: Config
  dataDir: string
  stop(): Promise<void>
}

/** A hub as `npm start` starts it, with the sandbox's customers and calls and no traffic, on an embedded PostgreSQL that writes durably. */
export async function startBenchHub(
  more: Record<string, string> = {},
  changed: (config: Config) => Config = same => same,
): Promise<BenchHub> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  // The server runs as another user when this runs as root.
  await chmod(dataDir, 0o755)
  const env = { ...readEnv({ PORT: '0', HUB_SANDBOX: 'quiet', HUB_DATA: dataDir, ...more }), production: false }
  const secrets = { SANDBOX_PBX_SECRET: hookSecret, SANDBOX_CRM_SECRET: hookSecret }
  const config = changed(await loadConfig(sandboxConfigPath, secrets))
  const log = createLog({ level: 'error', clock: systemClock })
  const hub = await startHub({
    env,
    config,
    clock: systemClock,
    log,
    limits: { requests: { burst: 1e9, perSecond: 1e9 } },
  })
  return {
    hub,
    config,
    dataDir,
    stop: async () => {
      await hub.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
