import type { Log } from '../kernel/log/index.js'
import type { ConnectedSystems } from '../subgraphs/sync/index.js'
import { Turns } from './turns.js'

/** What is done for a system all the time: listening to it, filling its gaps, ending its lost calls. */
export interface Tender {
  start(): void
  stop(): Promise<void>
}

export interface TendSettings {
  url: string
  log: Log
  systems: ConnectedSystems
  tendersOf(systemId: string): readonly Tender[]
}

/**
 * Tends each system from one process at a time. An event that two heard while one took over from the other is stored once, by its key; so is
 * a record that two read.
 */
export function tendInTurns({ url, log, systems, tendersOf }: TendSettings): Turns {
  const turns = [...systems.keys()].map(id => {
    const tenders = tendersOf(id)
    return {
      key: `listen:${id}`,
      begin: () => {
        for (const tender of tenders) tender.start()
      },
      end: async () => {
        await Promise.all(tenders.map(tender => tender.stop()))
      },
    }
  })
  return new Turns({ url, log, turns })
}
