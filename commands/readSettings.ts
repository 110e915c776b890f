import { connectors as ownConnectors } from '../hub/connectors.js'
import { connectSystems } from '../hub/connectSystems.js'
import { type Config, loadConfig } from '../kernel/config/index.js'
import { type Env, readEnv } from '../kernel/env/index.js'
import { messageOf } from '../kernel/errors.js'
import type { Connector } from '../kernel/ports/index.js'
import { sandboxConfigPath } from '../sandbox/configPath.js'
import { withSecretsBeside } from './readSecrets.js'

/** What the environment and HUB_CONFIG say. Throws with everything that is wrong in either, and what to do. */
export async function readSettings(
  given: NodeJS.ProcessEnv = process.env,
  connectors: readonly Connector[] = ownConnectors,
): Promise<{ env: Env; config: Config }> {
  const environment = await withSecretsBeside(given)
  const problems: string[] = []
  const attempt = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read()
    } catch (error) {
      problems.push(messageOf(error))
      return undefined
    }
  }
  const { NODE_ENV, HUB_CONFIG } = environment
  const env = await attempt(() => readEnv(environment))
  const config = await attempt(() => loadConfig(HUB_CONFIG?.trim() || sandboxConfigPath, environment))
  const ways = { zone: env?.zone ?? 'UTC', production: NODE_ENV?.trim() === 'production' }
  if (config) await attempt(() => connectSystems(config, connectors, ways))
  if (!env || !config || problems.length > 0) throw new Error(problems.join('\n'))
  return { env, config }
}
