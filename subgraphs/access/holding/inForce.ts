import type { FilterQuery } from '@mikro-orm/postgresql'
import type { Holding, HoldingKind } from './holding.entity.js'

/** Holdings of a kind that were in force at a moment. */
export const inForce = (
  kind: HoldingKind,
  at: Date,
  of: { name: readonly string[] } | { holderId: readonly string[] },
) =>
  ({
    kind,
    ...('name' in of ? { name: { $in: of.name } } : { holderId: { $in: of.holderId } }),
    startsAt: { $lte: at },
    $or: [{ endsAt: null }, { endsAt: { $gt: at } }],
  }) as FilterQuery<Holding>
