import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { CallStatus } from '../call/enums.js'

/** A call that has not ended. */
export interface HeardCall {
  /** The system's id of it. */
  externalId: string
  status: CallStatus
  /** When the hub last heard of it. */
  heardAt: Date
  /** The system never said a word of it: the hub itself wrote it down. */
  unheard: boolean
}

/** A system's calls that have not ended, the newest `most` of them; of `only` those that have not. */
export async function heardCalls(
  em: EntityManager,
  systemId: string,
  most: number,
  only: readonly string[] | null = null,
): Promise<HeardCall[]> {
  const named = only ? sql`and c.external_id = any(${[...only]}::text[])` : sql``
  const { rows } = await sql<Omit<HeardCall, 'heardAt'> & { heardAt: string }>`
    select c.external_id as "externalId", c.status, coalesce(f.heard_at, c.created_at) as "heardAt",
      f.heard_at is null as unheard
    from call.call c
    left join lateral (
      select max(received_at) as heard_at from call.call_fact
      where system_id = c.system_id and call_external_id = c.external_id) f on true
    where c.system_id = ${systemId} and c.status <> 'ENDED' ${named}
    order by c.started_at desc limit ${most}`.execute(em.getKysely<unknown>())
  return rows.map(call => ({ ...call, heardAt: new Date(call.heardAt) }))
}

/** Which systems have calls that have not ended. */
export async function systemsWithCalls(em: EntityManager): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct system_id as id from call.call where status <> 'ENDED'`.execute(em.getKysely<unknown>())
  return rows.map(({ id }) => id)
}
