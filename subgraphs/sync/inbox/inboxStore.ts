import type { EntityManager } from '@mikro-orm/postgresql'
import { type Kysely, sql } from 'kysely'

interface InboxTable {
  'sync.inbox': {
    id: string
    system_id: string
    key: string
    received_at: Date
    payload: Buffer
    state: 'NEW' | 'APPLIED' | 'FAILED'
    tries: number
    error: string | null
    applied_at: Date | null
  }
}

/** A message as it was stored; the payload is encrypted. */
export interface InboxRow {
  id: string
  payload: Buffer
}

export interface NewMessage {
  systemId: string
  key: string
  receivedAt: Date
  payload: Buffer
}

/** The inbox holds what systems sent, not rows of people's. */
const table = (em: EntityManager): Kysely<InboxTable> => em.getKysely<InboxTable>()

/** Stores messages in one statement. Returns the keys (`system key`) that were new; the others had been seen before. */
export async function insertMessages(em: EntityManager, messages: readonly NewMessage[]): Promise<Set<string>> {
  const { rows } = await sql<{ system_id: string; key: string }>`
    insert into sync.inbox (system_id, key, received_at, payload)
    select * from unnest(
      ${messages.map(m => m.systemId)}::text[], ${messages.map(m => m.key)}::text[],
      ${messages.map(m => m.receivedAt)}::timestamptz[], ${messages.map(m => m.payload)}::bytea[])
    on conflict (system_id, key) do nothing
    returning system_id, key`.execute(table(em))
  return new Set(rows.map(row => `${row.system_id} ${row.key}`))
}

/**
 * Takes the oldest messages of a system that wait, or those of `only` that still do: they are applied if the transaction commits. Only one
 * process works on a system at a time, so that its messages are applied in the order in which they came; null where another one is at it.
 */
export async function takeMessages(
  em: EntityManager,
  systemId: string,
  at: Date,
  limit: number,
  only: readonly string[] | null = null,
): Promise<InboxRow[] | null> {
  const db = table(em)
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`inbox:${systemId}`}, 0)) as mine`.execute(db)
  if (!rows[0]!.mine) return null
  const named = only ? sql`and id = any(${[...only]}::bigint[])` : sql``
  const taken = await sql<InboxRow>`
    update sync.inbox set state = 'APPLIED', applied_at = ${at}, error = null
    where id in (
      select id from sync.inbox where system_id = ${systemId} and state = 'NEW' ${named} order by id limit ${limit})
    returning id, payload`.execute(db)
  return taken.rows.sort((a, b) => Number(a.id) - Number(b.id))
}

/** Waits until nobody works on a system's messages, and keeps others from it until the transaction ends. */
export async function holdInbox(em: EntityManager, systemId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`inbox:${systemId}`}, 0))`.execute(table(em))
}

/** Counts a try that failed; after `most` of them the message is set aside. Returns whether it was. `error` holds no personal value. */
export async function markTried(em: EntityManager, id: string, error: string, most: number): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`
    update sync.inbox set tries = tries + 1, error = ${error}, state = case when tries + 1 >= ${most} then 'FAILED' else state end
    where id = ${id} returning state`.execute(table(em))
  return rows[0]?.state === 'FAILED'
}

/** Sets a message aside that no try will make better. `error` holds no personal value. */
export async function setAside(em: EntityManager, id: string, error: string): Promise<void> {
  await table(em)
    .updateTable('sync.inbox')
    .set(eb => ({ tries: eb('tries', '+', 1), error, state: 'FAILED' as const, applied_at: null }))
    .where('id', '=', id)
    .execute()
}

export async function waitingBySystem(em: EntityManager, systemIds: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ system_id: string; n: string }>`
    select system_id, count(*) as n from sync.inbox
    where state = 'NEW' and system_id = any(${[...systemIds]}::text[]) group by system_id`.execute(table(em))
  return systemIds.map(id => Number(rows.find(row => row.system_id === id)?.n ?? 0))
}

/** Messages that were applied before this moment are no longer needed. */
export async function expireMessages(em: EntityManager, before: Date): Promise<void> {
  await sql`delete from sync.inbox where applied_at < ${before}`.execute(table(em))
}
