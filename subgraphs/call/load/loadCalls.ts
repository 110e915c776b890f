import type { Kernel } from '../../../kernel/context/index.js'
import { type HistoricCall, knownCalls, writeCalls } from './newCalls.js'

const BATCH = 2000

/** Loads history in bulk; what was loaded before is left as it is. Returns how many calls were new. */
export async function loadCalls(kernel: Kernel, systemId: string, calls: readonly HistoricCall[]): Promise<number> {
  let loaded = 0
  for (let start = 0; start < calls.length; start += BATCH) {
    loaded += await kernel.transact(kernel.systemEm(systemId), async change => {
      const batch = calls.slice(start, start + BATCH)
      const known = await knownCalls(change, systemId, batch)
      const fresh = batch.filter(({ externalId }) => !known.has(externalId))
      await writeCalls(kernel, change, systemId, fresh)
      change.record({ kind: 'SYNC', action: 'Call.loaded', subjectType: 'Call', detail: { records: fresh.length } })
      return fresh.length
    })
  }
  return loaded
}
