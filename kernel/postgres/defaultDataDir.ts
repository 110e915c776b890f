import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Where root keeps its data when the folder it stands in is closed to the user that PostgreSQL runs as. */
export const rootDataDir = '/var/lib/call-crm-hub'

/** HUB_DATA, else `.data` below the working folder, else (as root below a private folder) a folder that everyone can reach. Absolute. */
export function defaultDataDir(env: Record<string, string | undefined> = process.env, cwd = process.cwd()): string {
  if (env.HUB_DATA) return resolve(cwd, env.HUB_DATA)
  const asRoot = process.getuid?.() === 0
  return asRoot && !openToAll(cwd) ? rootDataDir : resolve(cwd, '.data')
}

/** Whether everyone may pass through this folder and all those above it. */
export function openToAll(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false
  return folder === dirname(folder) || openToAll(dirname(folder))
}
