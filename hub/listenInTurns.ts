import type { Log } from '../kernel/log/index.js'
import type { ConnectedSystems, Listeners } from '../subgraphs/sync/index.js'
import { Turns } from './turns.js'

export interface ListenSettings {
  url: string
  log: Log
  systems: ConnectedSystems
  /** Listens to these systems, once it is started. */
  listenersTo(systems: ConnectedSystems): Listeners
}

/**
 * Keeps connected to the systems whose events come over a connection of the hub's own: to each from one process at a time. Null where there
 * are none such. An event that two heard while one took over from the other is stored once, by its key.
 */
export function listenInTurns({ url, log, systems, listenersTo }: ListenSettings): Turns | null {
  const turns = [...systems]
    .filter(([, { connector }]) => connector.listen)
    .map(([id, system]) => {
      const listeners = listenersTo(new Map([[id, system]]))
      return { key: `listen:${id}`, begin: () => listeners.start(), end: () => listeners.stop() }
    })
  return turns.length > 0 ? new Turns({ url, log, turns }) : null
}
