import type { Change } from '../../../../kernel/changes/index.js'
import type { Kernel } from '../../../../kernel/context/index.js'
import { blindIndex } from '../../../../kernel/encryption/index.js'
import { RunState, SyncRun } from '../../run/run.entity.js'
import { latestRun, Run } from '../../run/runs.js'
import { batches, eachBatch, loadBatch, shareOf } from './batches.js'
import { type Counts, noCounts, withLoaded } from './counts.js'
import type { Ended, ImportSettings } from './importList.js'
import { lengthOf, RejectsFile } from './rejects.js'
import type { ReadRow, Table } from './table.js'
import { targets } from './targets.js'

const TRIES = 3

/** How far a run has come: what stands before it is committed. */
interface Mark {
  row: number
  rejects: number
  counts: Counts
}

/**
 * Loads a list in batches, each in one transaction with the mark of how far it came. Whatever ends it leaves whole batches; started again on the
 * same file it goes on behind the last one, and on another it begins anew, where rows that were loaded before are known.
 */
export async function writeList(settings: ImportSettings, table: Table): Promise<Ended> {
  const list = await WrittenList.start(settings, table)
  return list.write()
}

class WrittenList {
  #mark: Mark

  private constructor(
    private readonly settings: ImportSettings,
    private readonly table: Table,
    private readonly syncRun: Run,
    private readonly rejects: RejectsFile,
    private readonly from: Mark,
  ) {
    this.#mark = from
  }

  static async start(settings: ImportSettings, table: Table): Promise<WrittenList> {
    const { kernel, systemId, type, format, delimiter, rejectsPath } = settings
    const kind = { systemId, name: `import.${type}`, subject: subjectOf(settings) }
    const before = await latestRun(kernel, kind)
    const from = (before && (await markOf(before, settings))) ?? { row: 0, rejects: 0, counts: noCounts() }
    const rejects = await RejectsFile.open(rejectsPath, format, delimiter, from.rejects)
    if (before?.state === RunState.RUNNING) await closeRun(kernel, before)
    const { read: records, rejected } = from.counts
    const run = await Run.start(kernel, kind, { records, rejected, changed: changedIn(from.counts), mark: from })
    return new WrittenList(settings, table, run, rejects, from)
  }

  async write(): Promise<Ended> {
    const { from } = this
    const { signal } = this.settings
    try {
      const isWhole = await eachBatch(batches(this.table, from.row), signal, batch => this.#write(batch))
      await this.syncRun.end(isWhole ? RunState.DONE : RunState.CUT_SHORT)
      const { counts } = this.#mark
      const rejectsPath = counts.rejected > 0 ? this.rejects.path : null
      return { counts, rejectsPath, wentOnAfter: from.row > 0 ? from.row : null, isWhole }
    } catch (error) {
      await this.syncRun
        .end(RunState.FAILED, 'It was stopped by an error: start it again, and it goes on.')
        .catch(() => undefined)
      throw error
    } finally {
      await this.rejects.close()
    }
  }

  /** One transaction. Where the database refuses a value of it, the batch is divided until the row at fault stands alone. */
  async #write(batch: readonly ReadRow[], tries = 1): Promise<void> {
    try {
      await this.#commit(batch)
    } catch (error) {
      if (isCollision(error) && tries < TRIES) return this.#write(batch, tries + 1)
      if (!isRefusal(error)) throw error
      if (batch.length === 1) return this.#commit([unstorable(batch[0]!)])
      const middle = Math.ceil(batch.length / 2)
      await this.#write(batch.slice(0, middle))
      await this.#write(batch.slice(middle))
    }
  }

  async #commit(batch: readonly ReadRow[]): Promise<void> {
    const { kernel, systemId, source, came, inWords } = this.settings
    const mark = await kernel.transact(kernel.systemEm(systemId), async change => {
      const loaded = await loadBatch(this.settings, change, batch)
      const rejected = batch.flatMap(({ row }, i) => {
        const { outcome, problems } = loaded[i]!
        return outcome === 'REJECTED' ? [{ row, because: inWords(problems) }] : []
      })
      const rejects = await this.rejects.write(rejected)
      const next: Mark = { row: batch.at(-1)!.row.number, rejects, counts: withLoaded(this.#mark.counts, loaded) }
      record(change, targets[this.settings.type].subjectType, this.#mark.counts, next.counts)
      const { read: records, rejected: refused } = next.counts
      const progress = shareOf(source)
      await this.syncRun.came(
        { progress, records, rejected: refused, changed: changedIn(next.counts), mark: next },
        change.em,
      )
      return next
    })
    this.#mark = mark
    this.rejects.keep(mark.rejects)
    came?.(mark.counts, shareOf(source))
  }
}

/** One entry for each batch. */
function record(change: Change, subjectType: string, before: Counts, now: Counts): void {
  const counted = ['read', 'created', 'linked', 'known', 'rejected'] as const
  const detail = Object.fromEntries(counted.map(name => [name, now[name] - before[name]]))
  change.record({ kind: 'SYNC', action: `${subjectType}.imported`, subjectType, detail })
}

const changedIn = ({ created, linked }: Counts): number => created + linked

/** The same work: the same file with the same settings. Keyed, since a short file could be guessed from a plain digest. */
function subjectOf({
  kernel,
  source,
  type,
  mappingText,
  format,
  delimiter,
  encoding,
  rejectsPath,
}: ImportSettings): string {
  if (source.whole === null) return 'standard input'
  const work = [source.whole.digest, type, mappingText, format, delimiter, encoding, rejectsPath]
  return blindIndex(kernel.keys, 'import', work.join('\0'))
}

/** Where a run stopped that can be gone on from: its file of rejects must still be there, too. */
async function markOf(run: SyncRun, { source, rejectsPath }: ImportSettings): Promise<Mark | null> {
  const mark = run.mark as Mark | null
  if (source.whole === null || run.state === RunState.DONE || !mark) return null
  const length = await lengthOf(rejectsPath)
  return mark.rejects === 0 || (length !== null && length >= mark.rejects) ? mark : null
}

/** Its process is gone: only one import of a system runs at a time. */
const closeRun = (kernel: Kernel, { id, heardAt }: SyncRun): Promise<void> =>
  kernel.transact(kernel.systemEm(), async ({ em }) => {
    const run = await em.findOneOrFail(SyncRun, { id })
    run.state = RunState.CUT_SHORT
    run.endedAt = heardAt
  })

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
/** Somebody else was at the same rows: a deadlock, or the same id at the same moment. */
const isCollision = (error: unknown): boolean => ['40P01', '40001', '23505'].includes(codeOf(error))
/** The database does not take a value. */
const isRefusal = (error: unknown): boolean => /^2[23]/.test(codeOf(error))

const unstorable = ({ row }: ReadRow): ReadRow => ({
  row,
  mapped: { record: null, problems: [{ field: 'row', reason: 'UNREADABLE' }] },
})
