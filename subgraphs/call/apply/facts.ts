import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import { encrypt } from '../../../kernel/encryption/index.js'
import type { CallFact } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'
import { inOrder } from '../call/fold/inOrder.js'

/** Facts are under a key of the month in which they came; they go with the raw messages they were read from. */
const factSubject = (at: Date): string => `facts:${at.toISOString().slice(0, 7)}`

/** Keeps the facts, each once: an event delivered twice changes nothing. */
export async function storeFacts(
  kernel: Kernel,
  em: EntityManager,
  systemId: string,
  facts: readonly CallFact[],
  at: Date,
): Promise<void> {
  const { id, key } = await kernel.dataKeys.keyOf(factSubject(at))
  const once = [...new Map(facts.map(fact => [fact.key, fact])).values()]
  await sql`
    insert into call.call_fact (system_id, key, call_external_id, received_at, fact)
    select ${systemId}, f.key, f.call_id, ${at}, f.fact from unnest(
      ${once.map(fact => fact.key)}::text[], ${once.map(fact => fact.callId)}::text[],
      ${once.map(fact => encrypt(key, id, JSON.stringify(fact)))}::bytea[]) as f(key, call_id, fact)
    on conflict do nothing`.execute(em.getKysely<unknown>())
}

/** Everything that was said of these calls so far. */
export async function factsOf(
  kernel: Kernel,
  em: EntityManager,
  systemId: string,
  callIds: readonly string[],
): Promise<Map<string, CallFact[]>> {
  const { rows } = await sql<{ fact: Buffer }>`
    select fact from call.call_fact where system_id = ${systemId} and call_external_id = any(${[...callIds]}::text[])`.execute(
    em.getKysely<unknown>(),
  )
  const facts = new Map<string, CallFact[]>()
  for (const text of await kernel.dataKeys.decryptMany(rows.map(row => row.fact))) {
    if (text === null) continue
    const fact = JSON.parse(text) as CallFact
    remember(facts, fact.callId, () => []).push(fact)
  }
  return facts
}

/** A fact and when the hub heard it. */
export interface HeardFact {
  fact: CallFact
  heardAt: Date
}

/** What was said of one call, in the order in which the hub heard it; what was heard at once in the order in which it happened. */
export async function heardOf(
  kernel: Kernel,
  systemId: string,
  callId: string,
  most: number,
): Promise<{ heard: HeardFact[]; more: boolean }> {
  const { rows } = await sql<{ fact: Buffer; received_at: string }>`
    select fact, received_at from call.call_fact where system_id = ${systemId} and call_external_id = ${callId}
    order by received_at, key limit ${most + 1}`.execute(kernel.systemEm().getKysely<unknown>())
  const texts = await kernel.dataKeys.decryptMany(rows.map(row => row.fact))
  const heard = rows.flatMap(({ received_at }, i) => {
    const text = texts[i]
    return text == null ? [] : [{ fact: JSON.parse(text) as CallFact, heardAt: new Date(received_at) }]
  })
  const places = new Map(inOrder(heard.map(({ fact }) => fact)).map((fact, place) => [fact.key, place]))
  const place = ({ fact }: HeardFact) => places.get(fact.key)!
  heard.sort((a, b) => a.heardAt.getTime() - b.heardAt.getTime() || place(a) - place(b))
  return { heard: heard.slice(0, most), more: rows.length > most }
}

/**
 * Facts received before this moment are no longer needed: nothing more is said of calls that old. All facts of a call go together, since what is
 * folded of the rest would be another call; those of a call that goes on stay.
 */
export async function expireFacts(em: EntityManager, before: Date): Promise<void> {
  await sql`
    delete from call.call_fact f where received_at < ${before}
      and not exists (
        select from call.call_fact other where other.system_id = f.system_id
          and other.call_external_id = f.call_external_id and other.received_at >= ${before})
      and not exists (
        select from call.call c where c.system_id = f.system_id
          and c.external_id = f.call_external_id and c.status <> 'ENDED')`.execute(em.getKysely<unknown>())
}
