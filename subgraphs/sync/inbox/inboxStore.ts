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
  receivedAt: Date
  tries: number
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
 * The oldest messages of a system that wait to be applied. Only one process works on a system at a time, so that its messages are applied
 * in the order in which they came; null where another one is at it.
 */
export async function claimMessages(em: EntityManager, systemId: string, limit: number): Promise<InboxRow[] | null> {
  const db = table(em)
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`inbox:${systemId}`}, 0)) as mine`.execute(db)
  if (!rows[0]!.mine) return null
  const found = await db
    .selectFrom('sync.inbox')
    .select(['id', 'payload', 'received_at', 'tries'])
    .where('system_id', '=', systemId)
    .where('state', '=', 'NEW')
    .orderBy('id')
    .limit(limit)
    .execute()
  return found.map(row => ({
    id: row.id,
    payload: row.payload,
    receivedAt: new Date(row.received_at),
    tries: row.tries,
  }))
}

export async function markApplied(em: EntityManager, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`update sync.inbox set state = 'APPLIED', applied_at = ${at}, error = null where id = any(${[...ids]}::bigint[])`.execute(
    table(em),
  )
}

/** `error` must hold no personal value. */
export async function markTried(em: EntityManager, id: string, error: string, failed: boolean): Promise<void> {
  await table(em)
    .updateTable('sync.inbox')
    .set(eb => ({ tries: eb('tries', '+', 1), error, state: failed ? ('FAILED' as const) : ('NEW' as const) }))
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
