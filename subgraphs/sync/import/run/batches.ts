import type { Change } from '../../../../kernel/changes/index.js'
import type { Loaded } from '../../../../kernel/ports/index.js'
import type { Source } from '../read/source.js'
import type { ImportSettings } from './importList.js'
import type { ReadRow, Table } from './table.js'
import { targets } from './targets.js'

const BATCH = 2000
/** Characters of a batch: rows may be long, and thousands of long ones shall not be in memory at once. */
const LONGEST_BATCH = 4_000_000

/** Batches of rows behind one; the next is read while one is written. */
export async function* batches(table: Table, after: number): AsyncGenerator<ReadRow[]> {
  let batch: ReadRow[] = []
  let length = 0
  for await (const one of table.rows()) {
    if (one.row.number <= after) continue
    batch.push(one)
    for (const value of one.row.values) length += value.length
    if (batch.length < BATCH && length < LONGEST_BATCH) continue
    yield batch
    batch = []
    length = 0
  }
  if (batch.length > 0) yield batch
}

/** Stops before the next batch once the signal says so. Returns whether all were worked on. */
export async function eachBatch(
  all: AsyncGenerator<ReadRow[]>,
  signal: AbortSignal | undefined,
  work: (batch: ReadRow[]) => Promise<void>,
): Promise<boolean> {
  const ahead = () => {
    const next = all.next()
    // It is waited for below; that it fails before that is no reason to end the process.
    next.catch(() => undefined)
    return next
  }
  let next = ahead()
  try {
    for (;;) {
      if (signal?.aborted) return false
      const { value: batch, done } = await next
      if (done) return true
      next = ahead()
      await work(batch)
    }
  } finally {
    await next.catch(() => undefined)
    await all.return(undefined).catch(() => undefined)
  }
}

/** null where nobody can tell. */
export const shareOf = ({ taken, whole }: Source): number | null =>
  whole === null ? null : whole.bytes === 0 ? 1 : Math.min(1, taken / whole.bytes)

/** Rows of which records were made, loaded; the others rejected. In the order of the batch. */
export async function loadBatch(
  { kernel, systemId, type, dry }: ImportSettings,
  change: Change,
  batch: readonly ReadRow[],
): Promise<Loaded[]> {
  const readable = batch.filter(({ mapped }) => mapped.record !== null)
  const loaded = await targets[type].load(
    kernel,
    change,
    systemId,
    readable.map(({ mapped }) => mapped.record),
    dry,
  )
  let next = 0
  return batch.map(({ mapped }) => {
    if (mapped.record === null) return { outcome: 'REJECTED', problems: [...mapped.problems] }
    const one = loaded[next++]!
    return { ...one, problems: one.outcome === 'REJECTED' ? one.problems : [...mapped.problems, ...one.problems] }
  })
}
