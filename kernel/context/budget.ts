import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { hubTables } from '../orm/index.js'

/** How often a person may do something sensitive. */
export interface Budget {
  kind: string
  perHour: number
  perDay: number
}

export const REVEALS: Budget = { kind: 'reveal', perHour: 60, perDay: 300 }
/** Look-ups by full number that found nothing, and creations of a number that is known: both tell whether a number is known. */
export const PROBES: Budget = { kind: 'probe', perHour: 20, perDay: 60 }
/** Calls that were refused: why tells of others' calls, and of customers who share a number. */
export const REFUSED_CALLS: Budget = { kind: 'refused-call', perHour: 60, perDay: 300 }

/** How many of `wanted` uses are left at `now`; in the transaction, which keeps two requests of one person from spending the same ones. */
export async function spend(
  em: EntityManager,
  budget: Budget,
  personId: string,
  now: Date,
  wanted: number,
): Promise<number> {
  const db = hubTables(em)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`budget:${budget.kind}:${personId}`}, 0))`.execute(db)
  const left = Math.min(wanted, await unspent(em, budget, personId, now))
  if (left > 0) {
    await db
      .insertInto('hub.budget_use')
      .values({ person_id: personId, kind: budget.kind, at: now, count: left })
      .execute()
  }
  return left
}

/** How many uses a person has left at `now`. */
export async function unspent(
  em: EntityManager,
  { kind, perHour, perDay }: Budget,
  personId: string,
  now: Date,
): Promise<number> {
  const hourAgo = new Date(now.getTime() - 3_600_000)
  const dayAgo = new Date(now.getTime() - 86_400_000)
  const used = await hubTables(em)
    .selectFrom('hub.budget_use')
    .select(eb => [
      eb.fn.coalesce(eb.fn.sum<number>('count'), sql<number>`0`).as('day'),
      eb.fn.coalesce(eb.fn.sum<number>('count').filterWhere('at', '>', hourAgo), sql<number>`0`).as('hour'),
    ])
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where('at', '>', dayAgo)
    .executeTakeFirstOrThrow()
  return Math.max(0, Math.min(perHour - Number(used.hour), perDay - Number(used.day)))
}
