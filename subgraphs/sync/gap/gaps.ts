import type { EntityManager } from '@mikro-orm/postgresql'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { Gap } from './gap.entity.js'
import { joined, type Stretch } from './joined.js'

/** The gaps of a System that are not closed, oldest first. */
export const waitingGaps = (em: EntityManager, systemId: string): Promise<Gap[]> =>
  em.find(Gap, { systemId, closedAt: null }, { orderBy: { fromAt: 'asc', id: 'asc' } })

/** So many readings of its records may fail before people are told. */
export const MOST_TRIES = 4

/** Whether the System's own records, from which a gap should be filled, cannot be read. */
export const isFailing = async (em: EntityManager, systemId: string): Promise<boolean> =>
  (await em.count(Gap, { systemId, closedAt: null, tries: { $gte: MOST_TRIES } })) > 0

/** A connection that flaps has its gap read no more often than this: each reading is one of all of it. */
const FLAPS_MS = 60_000

/** Puts on record that events of this time did not arrive; what lies near to the latest gap becomes part of it. */
export async function noteGap(kernel: Kernel, change: Change, systemId: string, stretch: Stretch): Promise<void> {
  // Two causes at once are one gap.
  await kernel.lock(change.em, `gap:${systemId}`)
  const latest = (await waitingGaps(change.em, systemId)).at(-1)
  const both = latest && joined({ from: latest.fromAt, to: latest.toAt }, stretch)
  if (!both) {
    const { from: fromAt, to: toAt } = stretch
    const none = { closedAt: null, readAt: null, tries: 0, nextAt: null }
    change.em.create(Gap, { id: newId(kernel.clock), systemId, fromAt, toAt, ...none })
    record(change, systemId, 'Gap.noted')
  } else if (latest.fromAt > both.from || differs(latest.toAt, both.to)) {
    // It has to be read anew.
    const nextAt = stretch.to === null ? afterFlaps(latest.nextAt, change.at) : null
    Object.assign(latest, { fromAt: both.from, toAt: both.to, readAt: null, nextAt })
    record(change, systemId, 'Gap.widened')
  }
}

/** However often it flaps, what was put off once is put off no further. */
function afterFlaps(next: Date | null, now: Date): Date {
  const last = new Date(now.getTime() + FLAPS_MS)
  return next !== null && next > now && next < last ? next : last
}

/** Events arrive again. `from`: since when they did not, should no gap be on record. */
export async function endGap(
  kernel: Kernel,
  change: Change,
  systemId: string,
  { from, to }: { from: Date | null; to: Date },
): Promise<void> {
  await kernel.lock(change.em, `gap:${systemId}`)
  const open = await change.em.findOne(Gap, { systemId, toAt: null })
  if (!open) {
    if (from && from < to) await noteGap(kernel, change, systemId, { from, to })
    return
  }
  open.toAt = to < open.fromAt ? open.fromAt : to
  record(change, systemId, 'Gap.ended')
}

/** Its records are read, and nothing is missing any more. */
export function closeGap(change: Change, gap: Gap): void {
  gap.closedAt = change.at
  record(change, gap.systemId, 'Gap.closed')
}

const record = (change: Change, systemId: string, action: string): void =>
  change.record({ kind: 'SYNC', action, subjectType: 'System', subjectId: systemId })

const differs = (a: Date | null, b: Date | null): boolean => a?.getTime() !== b?.getTime()
