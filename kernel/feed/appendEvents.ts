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
  const db = hubTables(em)
  let epoch: number | null = null
  for (const topic of topics) {
    const data = events.filter(event => event.topic === topic).map(event => JSON.stringify(event.data))
    await sql`select pg_advisory_xact_lock(hashtextextended(${`feed:${topic}`}, 0))`.execute(db)
    const { rows } = await sql<{ seq: string }>`
      insert into hub.feed_event (topic, at, epoch, data)
      select ${topic}, ${at}, ${epoch}::bigint, d::jsonb from unnest(${data}::text[]) with ordinality as t(d, n) order by n
      returning seq`.execute(db)
    if (topic === ACCESS_TOPIC) epoch = Math.max(...rows.map(row => Number(row.seq)))
  }
  return topics
}
