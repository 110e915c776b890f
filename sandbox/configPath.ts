import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The sandbox's HUB_CONFIG. It is not compiled: from `dist/` it is found beside the project's package.json. */
export const sandboxConfigPath = join(projectRoot(import.meta.dirname), 'sandbox', 'config.yaml')

function projectRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectRoot(dirname(folder))
}
