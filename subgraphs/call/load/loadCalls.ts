import type { Kernel } from '../../../kernel/context/index.js'
import { type HistoricCall, writeCalls } from './newCalls.js'

const BATCH = 2000

/** Loads history in bulk. Returns how many calls were new. */
export async function loadCalls(kernel: Kernel, systemId: string, calls: readonly HistoricCall[]): Promise<number> {
  let loaded = 0
  for (let start = 0; start < calls.length; start += BATCH) {
    loaded += await kernel.transact(kernel.systemEm(systemId), async change => {
      const { size } = await writeCalls(kernel, change, systemId, calls.slice(start, start + BATCH))
      change.record({ kind: 'SYNC', action: 'Call.loaded', subjectType: 'Call', detail: { records: size } })
      return size
    })
  }
  return loaded
}
