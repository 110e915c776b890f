import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Call } from '../call/call.entity.js'
import { CallDirection } from '../call/enums.js'

/** A missed inbound call asks for a callback until somebody talks with that number; a call that reached it settles those before it. */
export async function settleCallbacks(em: EntityManager, ended: readonly Call[]): Promise<void> {
  const db = em.getKysely<unknown>()
  const reached = ended.filter(call => call.answeredAt && call.phoneIndex)
  if (reached.length > 0) {
    await sql`
      update call.call c set needs_callback = false
      from unnest(${reached.map(call => call.phoneIndex)}::text[], ${reached.map(call => call.startedAt)}::timestamptz[]) as r(phone_index, at)
      where c.phone_index = r.phone_index and c.needs_callback and c.started_at <= r.at`.execute(db)
  }
  const missed = ended.filter(call => call.direction === CallDirection.INBOUND && !call.answeredAt && call.phoneIndex)
  if (missed.length > 0) {
    await sql`
      update call.call c set needs_callback = not exists (
        select from call.call later
        where later.phone_index = c.phone_index and later.answered_at is not null and later.started_at >= c.started_at)
      where c.id = any(${missed.map(({ id }) => id)}::uuid[])`.execute(db)
  }
}
