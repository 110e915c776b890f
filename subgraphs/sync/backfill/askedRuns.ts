import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import type { Span } from '../../../kernel/ports/index.js'
import { RunState, SyncRun } from '../run/run.entity.js'
import { noteRun } from '../run/runs.js'

export const BACKFILL = 'backfill'

export const subjectOf = ({ from, to }: Span): string => `${from.toISOString()}/${to.toISOString()}`

/** What a run that somebody asked for has as its mark: whoever holds the system's turn takes it up, until it is done or has failed. */
interface AskedMark {
  from: string
  to: string
}

/** Puts on record that somebody wants a time read. */
export function askRun(kernel: Kernel, change: Change, systemId: string, span: Span): SyncRun {
  const mark: AskedMark = { from: span.from.toISOString(), to: span.to.toISOString() }
  return noteRun(kernel, change, { systemId, name: BACKFILL, subject: subjectOf(span) }, { mark })
}

/** The oldest that was asked for and is not over; null where there is none. */
export async function nextAsked(kernel: Kernel, systemId: string): Promise<{ asked: SyncRun; span: Span } | null> {
  const [asked] = await kernel.systemEm(systemId).find(
    SyncRun,
    {
      systemId,
      name: BACKFILL,
      mark: { $ne: null },
      state: { $in: [RunState.RUNNING, RunState.CUT_SHORT] },
    },
    { orderBy: { startedAt: 'asc', id: 'asc' }, limit: 1 },
  )
  if (!asked) return null
  const { from, to } = asked.mark as AskedMark
  return { asked, span: { from: new Date(from), to: new Date(to) } }
}
