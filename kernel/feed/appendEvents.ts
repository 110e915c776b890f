import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { PendingEvent } from '../changes/change.js'
import { hubTables } from '../orm/index.js'

/** Who may see what changes with these events: every other event of the same transaction carries their number as its `epoch`. */
export const ACCESS_TOPIC = 'access'

/**
 * Appends the events under the advisory locks of their topics, which stay until commit: within a topic, a greater number was committed
 * later, so a number is a cursor. Topics are taken in sorted order, so that two transactions cannot wait for each other.
 */
export async function appendEvents(em: EntityManager, at: Date, events: readonly PendingEvent[]): Promise<string[]> {
  const topics = [...new Set(events.map(event => event.topic))].sort()
  if (topics.length === 0) return topics
  const db = hubTables(em)
  const dataOf = (some: readonly PendingEvent[]) => some.map(({ data }) => JSON.stringify(data))
  const access = events.filter(({ topic }) => topic === ACCESS_TOPIC)
  const others = events.filter(({ topic }) => topic !== ACCESS_TOPIC)
  // The list is locked from its first to its last; a statement of its own, because what a statement sees is settled when it begins.
  await sql`select pg_advisory_xact_lock(hashtextextended('feed:' || topic, 0)) from unnest(${topics}::text[]) as topic`.execute(
    db,
  )
  await sql`
    with access as (
      insert into hub.feed_event (topic, at, data)
      select ${ACCESS_TOPIC}, ${at}, d::jsonb from unnest(${dataOf(access)}::text[]) with ordinality as t(d, n) order by n
      returning seq)
    insert into hub.feed_event (topic, at, epoch, data)
    select topic, ${at}, (select max(seq) from access), d::jsonb
    from unnest(${others.map(({ topic }) => topic)}::text[], ${dataOf(others)}::text[]) with ordinality as t(topic, d, n)
    order by n`.execute(db)
  return topics
}
