import { sql } from 'kysely'
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

/** A run under way; everybody who may can watch it. */
export class Run {
  private constructor(
    private readonly kernel: Kernel,
    readonly id: string,
  ) {}

  static async start(kernel: Kernel, { systemId, name, subject }: RunKind, from: RunProgress = {}): Promise<Run> {
    const id = newId(kernel.clock)
    await kernel.transact(kernel.systemEm(systemId), async ({ em, at }) => {
      const none = { progress: null, records: 0, changed: 0, rejected: 0, mark: null, endedAt: null, error: null }
      const row = { ...none, ...from, id, systemId, name, subject: subject ?? null, state: RunState.RUNNING }
      em.create(SyncRun, { ...row, startedAt: at, heardAt: at })
    })
    return new Run(kernel, id)
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
    const at = this.kernel.clock.now()
    await sql`
      update sync.run set state = ${state}, ended_at = ${at}, heard_at = ${at}, error = ${error},
        progress = case when ${state} = 'DONE' then 1 else progress end
      where id = ${this.id}::uuid`.execute(this.kernel.systemEm().getKysely<unknown>())
  }
}

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
  const now = kernel.clock.now()
  await sql`
    update sync.run set state = 'CUT_SHORT', ended_at = heard_at
    where state = 'RUNNING' and heard_at < ${new Date(now.getTime() - SILENT_MS)}`.execute(
    kernel.systemEm().getKysely<unknown>(),
  )
}
