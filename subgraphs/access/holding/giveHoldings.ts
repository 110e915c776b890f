import type { Change } from '../../../kernel/changes/index.js'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/id.js'
import { Holding, type HoldingKind } from './holding.entity.js'
import { planHoldings } from './planHoldings.js'

export interface Giving {
  kind: HoldingKind
  /** Holder by name; null: nobody. */
  wanted: ReadonlyMap<string, string | null>
  /** When a name begins that nobody ever held; the moment of the change by default. */
  firstFrom?: Date
}

/** Brings who holds what up to date from now on. What was held before stays on record: calls are credited by it for ever. */
export async function giveHoldings(clock: Clock, change: Change, { kind, wanted, firstFrom }: Giving): Promise<void> {
  const { em, at } = change
  if (wanted.size === 0) return
  const known = await em.find(Holding, { kind, name: { $in: [...wanted.keys()] } }, { filters: false })
  const open = known.filter(({ endsAt }) => endsAt === null)
  const { end, begin } = planHoldings(open, wanted)
  for (const holding of end) {
    // A period that has not lasted would be empty: it never was.
    if (holding.startsAt < at) holding.endsAt = at
    else em.remove(holding)
  }
  // The end of the old must reach the database before the beginning of the new, which would overlap it.
  await em.flush()
  const held = new Set(known.map(({ name }) => name))
  for (const { name, holderId } of begin) {
    const startsAt = held.has(name) ? at : (firstFrom ?? at)
    em.create(Holding, { id: newId(clock), kind, name, holderId, startsAt, endsAt: null })
  }
  await em.flush()
}
