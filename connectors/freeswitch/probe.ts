import { realSurroundings, type Surroundings } from '../common/surroundings.js'
import { Connection } from './connection.js'
import type { FreeSwitchSettings } from './settings.js'

/** Logs in to the event socket and leaves again. Rejects with the reason why it could not. */
export function probe(
  { eventSocket }: FreeSwitchSettings,
  surroundings: Surroundings = realSurroundings,
): Promise<string> {
  if (eventSocket === null) return Promise.resolve('has no event socket; it is heard of when it posts records of calls')
  const { host, port, tls } = eventSocket
  return new Promise((resolve, reject) => {
    const connection = new Connection(eventSocket, surroundings, {
      up: () => {
        resolve(`logged in at ${host}:${port}${tls ? ' by TLS' : ''}`)
        connection.end('it has answered')
      },
      event: () => undefined,
      closed: reason => reject(new Error(`${host}:${port}: ${reason}.`)),
    })
  })
}
