import { join } from 'node:path'
import { readCredentials } from './credentials.js'
import { ensureDatabase } from './ensureDatabase.js'
import { readPostmasterPid } from './postmasterPid.js'
import type { RunningPostgres } from './running.js'
import { urlsOf } from './urls.js'

/** The server of a hub that runs on this folder. */
export async function joinServer(folder: string, database: string): Promise<RunningPostgres> {
  const server = await readPostmasterPid(join(folder, 'cluster'))
  const credentials = await readCredentials(folder)
  if (!server?.ready || !credentials)
    throw new Error(`The hub that runs on ${folder} is just starting or stopping. Try again in a moment.`)
  const urls = urlsOf(server, credentials, database)
  await ensureDatabase(urls.superUrl, database)
  return { ...urls, stop: async () => {} }
}
