import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Call } from '../call/call.entity.js'

/** So long after their end facts of a call are there for certain, where there ever were any. */
const KEPT_MS = 7 * 86_400_000

/**
 * The system's ids of those calls that are history: over, and of which no facts are kept, because they were loaded when they were over, or because it
 * is too long ago. Folding the little that is said of them late would make other calls of them.
 */
export async function historyAmong(
  em: EntityManager,
  systemId: string,
  calls: readonly Call[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const over = calls.filter(call => isPast(call, now)).map(({ externalId }) => externalId)
  if (over.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${over}::text[]) as c(id)
    where not exists (select from call.call_fact where system_id = ${systemId} and call_external_id = c.id)`.execute(
    em.getKysely<unknown>(),
  )
  return new Set(rows.map(({ id }) => id))
}

/** A call that the hub placed is written down before the system says a word of it, and may be given up too soon. */
function isPast({ endedAt, createdAt }: Call, now: Date): boolean {
  if (endedAt === null) return false
  // Rows that are read past the ORM have their times as texts.
  const [ended, created] = [new Date(endedAt).getTime(), new Date(createdAt).getTime()]
  return created > ended || now.getTime() - ended > KEPT_MS
}
