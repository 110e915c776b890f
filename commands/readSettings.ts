import { type Config, loadConfig } from '../kernel/config/index.js'
import { type Env, readEnv } from '../kernel/env/index.js'
import { sandboxConfigPath } from '../sandbox/configPath.js'

/** What the environment and HUB_CONFIG say. Throws with everything that is wrong, and what to do. */
export async function readSettings(): Promise<{ env: Env; config: Config }> {
  const env = readEnv(process.env)
  return { env, config: await loadConfig(env.configPath ?? sandboxConfigPath, process.env) }
}
