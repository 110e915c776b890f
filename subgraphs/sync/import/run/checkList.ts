import { createHash } from 'node:crypto'
import type { Loaded } from '../../../../kernel/ports/index.js'
import { batches, eachBatch, loadBatch, shareOf } from './batches.js'
import { noCounts, withLoaded } from './counts.js'
import type { Ended, ImportSettings } from './importList.js'
import { Seen } from './seen.js'
import type { ReadRow, Table } from './table.js'
import { targets } from './targets.js'

/** Reads a list and says what would become of its rows; writes nothing. */
export async function checkList(settings: ImportSettings, table: Table): Promise<Ended> {
  const { kernel, systemId, type, came, source, signal } = settings
  const seen = new Seen()
  // Nothing was written that would tell a row of a batch before.
  const isAgain = ({ mapped: { record } }: ReadRow) =>
    record !== null && seen.has(digestOf(targets[type].identity(record)))
  let counts = noCounts()
  const isWhole = await eachBatch(batches(table, 0), signal, async batch => {
    const again = new Set(batch.filter(isAgain))
    const fresh = batch.filter(one => !again.has(one))
    const loaded = await kernel.transact(kernel.systemEm(systemId), change => loadBatch(settings, change, fresh))
    counts = withLoaded(counts, [...loaded, ...[...again].map((): Loaded => ({ outcome: 'KNOWN', problems: [] }))])
    came?.(counts, shareOf(source))
  })
  return { counts, rejectsPath: null, wentOnAfter: null, isWhole }
}

/** Short, since millions are kept. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64').slice(0, 16)
