import { realSurroundings, type Surroundings } from '../common/surroundings.js'
import { Connection } from './connection.js'
import type { AsteriskSettings } from './settings.js'

/** Logs in and leaves again. Rejects with the reason why it could not. */
export function probe(settings: AsteriskSettings, surroundings: Surroundings = realSurroundings): Promise<string> {
  const { host, port, tls } = settings
  return new Promise((resolve, reject) => {
    const connection = new Connection(settings, surroundings, {
      up: () => {
        resolve(`logged in at ${host}:${port}${tls ? ' by TLS' : ''}`)
        connection.end('it has answered')
      },
      event: () => undefined,
      closed: reason => reject(new Error(`${host}:${port}: ${reason}.`)),
    })
  })
}
