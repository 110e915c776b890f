import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Call } from '../call/call.entity.js'
import { CallStatus } from '../call/enums.js'

/**
 * The system's ids of those calls that are history: over, and of which no facts are kept (any more), because they were loaded or because it is too
 * long ago. Folding the little that is said of them late would make other calls of them.
 */
export async function historyAmong(
  em: EntityManager,
  systemId: string,
  calls: readonly Call[],
): Promise<ReadonlySet<string>> {
  const over = calls.filter(({ status }) => status === CallStatus.ENDED).map(({ externalId }) => externalId)
  if (over.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${over}::text[]) as c(id)
    where not exists (select from call.call_fact where system_id = ${systemId} and call_external_id = c.id)`.execute(
    em.getKysely<unknown>(),
  )
  return new Set(rows.map(({ id }) => id))
}
