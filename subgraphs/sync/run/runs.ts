import { sql } from 'kysely'
import type { AuditRecord } from '../../../kernel/audit/auditRecord.js'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { RunState, SyncRun } from './run.entity.js'

/** A run that has not been heard of for this long was cut short: its process is gone. */
export const SILENT_MS = 5 * 60_000

export interface RunKind {
  systemId: string
  /** `import.customers`, `backfill`. */
  name: string
  /** What it works on, without any personal value. */
  subject?: string
}

export interface RunProgress {
  progress?: number | null
  records?: number
  changed?: number
  rejected?: number
  mark?: unknown
}

/** Puts a run on record, in the name of whoever wants it. */
export function noteRun(
  kernel: Kernel,
  change: Change,
  { systemId, name, subject }: RunKind,
  from: RunProgress = {},
): SyncRun {
  const id = newId(kernel.clock)
  const none = { progress: null, records: 0, changed: 0, rejected: 0, mark: null, endedAt: null, error: null }
  const row = { ...none, ...from, id, systemId, name, subject: subject ?? null, state: RunState.RUNNING }
  change.record(entryOf(id, 'SyncRun.started', { run: name }))
  return change.em.create(SyncRun, { ...row, startedAt: change.at, heardAt: change.at })
}

/** A run under way; everybody who may can watch it. Its start and its end stand in the audit. */
export class Run {
  private constructor(
    private readonly kernel: Kernel,
    readonly id: string,
    private readonly systemId: string,
  ) {}

  static async start(kernel: Kernel, kind: RunKind, from: RunProgress = {}): Promise<Run> {
    const { id } = await kernel.transact(kernel.systemEm(kind.systemId), async change =>
      noteRun(kernel, change, kind, from),
    )
    return new Run(kernel, id, kind.systemId)
  }

  /** Takes up a run that is on record. */
  static async resume(kernel: Kernel, { id, systemId }: SyncRun): Promise<Run> {
    await kernel.transact(kernel.systemEm(systemId), async ({ em, at }) => {
      const run = await em.findOneOrFail(SyncRun, { id })
      Object.assign(run, { state: RunState.RUNNING, heardAt: at, endedAt: null, error: null })
    })
    return new Run(kernel, id, systemId)
  }

  /** Says how far it has come; within a transaction of its own work where its `mark` must not run ahead of it. */
  async came(progress: RunProgress, em = this.kernel.systemEm()): Promise<void> {
    const { progress: share, records, changed, rejected, mark } = progress
    await sql`
      update sync.run set heard_at = ${this.kernel.clock.now()},
        progress = coalesce(${share ?? null}::float8, progress), records = coalesce(${records ?? null}::int, records),
        changed = coalesce(${changed ?? null}::int, changed), rejected = coalesce(${rejected ?? null}::int, rejected),
        mark = coalesce(${mark === undefined ? null : JSON.stringify(mark)}::jsonb, mark)
      where id = ${this.id}::uuid`.execute(em.getKysely<unknown>())
  }

  /** `error` tells what to do, and holds no personal value. */
  async end(state: Exclude<RunState, RunState.RUNNING>, error: string | null = null): Promise<void> {
    await this.kernel.transact(this.kernel.systemEm(this.systemId), async change => {
      const run = await change.em.findOneOrFail(SyncRun, { id: this.id })
      Object.assign(run, { state, endedAt: change.at, heardAt: change.at, error })
      if (state === RunState.DONE) run.progress = 1
      const { name, records, changed, rejected } = run
      change.record(entryOf(this.id, ENDS[state], { run: name, records, changed, rejected }))
    })
  }
}

const ENDS = {
  [RunState.DONE]: 'SyncRun.done',
  [RunState.FAILED]: 'SyncRun.failed',
  [RunState.CUT_SHORT]: 'SyncRun.cutShort',
} as const

const entryOf = (subjectId: string, action: string, detail: AuditRecord['detail']): AuditRecord => ({
  kind: 'SYNC',
  action,
  subjectType: 'SyncRun',
  subjectId,
  detail,
})

/** The newest run on the same thing; null where there has been none. */
export async function latestRun(
  kernel: Kernel,
  { systemId, name, subject }: Required<RunKind>,
): Promise<SyncRun | null> {
  const [run] = await kernel
    .systemEm(systemId)
    .find(SyncRun, { systemId, name, subject }, { orderBy: { startedAt: 'desc', id: 'desc' }, limit: 1 })
  return run ?? null
}

/** Marks runs whose process is gone as cut short. */
export async function closeSilentRuns(kernel: Kernel): Promise<void> {
  await kernel.transact(kernel.systemEm(), async change => {
    const silent = new Date(change.at.getTime() - SILENT_MS)
    for (const run of await change.em.find(SyncRun, { state: RunState.RUNNING, heardAt: { $lt: silent } })) {
      Object.assign(run, { state: RunState.CUT_SHORT, endedAt: run.heardAt })
      change.record(entryOf(run.id, ENDS.CUT_SHORT, { run: run.name }))
    }
  })
}
