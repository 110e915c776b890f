import { type Kysely, sql } from 'kysely'
import type { HubTables } from '../orm/index.js'
import type { FeedEvent } from './feedEvent.js'

/** The feed's table, as readers see it. */
export class FeedStore {
  constructor(private readonly db: () => Kysely<HubTables>) {}

  async after(topic: string, seq: number, limit: number): Promise<FeedEvent[]> {
    const rows = await this.db()
      .selectFrom('hub.feed_event')
      .select(['seq', 'at', 'epoch', 'data'])
      .where('topic', '=', topic)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute()
    return rows.map(row => ({
      seq: Number(row.seq),
      at: new Date(row.at),
      epoch: row.epoch === null ? null : Number(row.epoch),
      data: row.data as Record<string, unknown>,
    }))
  }

  async newest(topic: string): Promise<number> {
    const row = await this.db()
      .selectFrom('hub.feed_event')
      .select(eb => eb.fn.max('seq').as('seq'))
      .where('topic', '=', topic)
      .executeTakeFirst()
    return Math.max(Number(row?.seq ?? 0), await this.floor(topic))
  }

  /** Events up to this number are gone. */
  async floor(topic: string): Promise<number> {
    const row = await this.db().selectFrom('hub.feed_floor').select('seq').where('topic', '=', topic).executeTakeFirst()
    return Number(row?.seq ?? 0)
  }

  /** Deletes events older than `before` and remembers up to where, so that an old cursor is refused rather than left with a gap. */
  async expire(before: Date): Promise<void> {
    await sql`
      with gone as (delete from hub.feed_event where at < ${before} returning topic, seq)
      insert into hub.feed_floor (topic, seq) select topic, max(seq) from gone group by topic
      on conflict (topic) do update set seq = greatest(hub.feed_floor.seq, excluded.seq)`.execute(this.db())
  }
}
