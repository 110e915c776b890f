import type { Kernel } from '../../../kernel/context/index.js'
import type { Span } from '../../../kernel/ports/index.js'
import { waitingGaps } from '../gap/gaps.js'
import { waitingBySystem } from '../inbox/inboxStore.js'
import { Run } from '../run/runs.js'
import { BACKFILL, subjectOf } from './askedRuns.js'
import { spanOf } from './spanOf.js'

/** A run that reads this time; nobody takes it up once it is cut short. */
export const startBackfill = (kernel: Kernel, systemId: string, span: Span): Promise<Run> =>
  Run.start(kernel, { systemId, name: BACKFILL, subject: subjectOf(span) })

/** Since when a system has to be read to fill all of its gaps; null where it has none. */
export async function gapsBegin(kernel: Kernel, systemId: string): Promise<Date | null> {
  const [gap] = await waitingGaps(kernel.systemEm(systemId), systemId)
  if (!gap) return null
  const { from } = await spanOf(kernel, systemId, { fromAt: gap.fromAt, toAt: gap.toAt ?? kernel.clock.now() })
  return from
}

/** How many of its messages are stored and not yet worked through. */
export async function waitingMessages(kernel: Kernel, systemId: string): Promise<number> {
  return (await waitingBySystem(kernel.systemEm(), [systemId]))[0]!
}
