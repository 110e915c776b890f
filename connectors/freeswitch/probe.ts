import type { Surroundings } from '../common/surroundings.js'
import { checkFolder } from './recordFolder.js'
import type { FreeSwitchSettings } from './settings.js'
import { visit } from './visit.js'

/** Logs in to the event socket and leaves again, and looks for the folder of records. Rejects with the reason why it could not. */
export async function probe(
  { eventSocket, recordFolder }: FreeSwitchSettings,
  surroundings?: Surroundings,
): Promise<string> {
  if (recordFolder !== null) await checkFolder(recordFolder)
  const records = recordFolder === null ? '' : `; the records in ${recordFolder} can be read`
  if (eventSocket === null) return `has no event socket; it is heard of when it posts records of calls${records}`
  const { host, port, tls } = eventSocket
  await visit(eventSocket, () => Promise.resolve(), { surroundings })
  return `logged in at ${host}:${port}${tls ? ' by TLS' : ''}${records}`
}
