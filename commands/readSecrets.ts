import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'

/** Where the secrets of a configuration are kept: `hub.env` beside `hub.yaml`. */
export const secretsPathOf = (configPath: string): string => `${configPath.replace(/\.ya?ml$/i, '')}.env`

/** The environment with the secrets that stand beside HUB_CONFIG, if any do. What the environment says itself counts more. */
export async function withSecretsBeside(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const path = environment.HUB_CONFIG?.trim()
  if (!path) return environment
  const text = await readFile(secretsPathOf(path), 'utf8').catch(error => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw new Error(`${secretsPathOf(path)} cannot be read: check its rights.`)
  })
  return { ...parseEnv(text), ...environment }
}
