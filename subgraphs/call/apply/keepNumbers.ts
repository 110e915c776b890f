import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import { blindIndex } from '../../../kernel/encryption/index.js'
import { normalisePhone } from '../../../kernel/phone/index.js'
import type { CallFact } from '../../../kernel/ports/index.js'

/**
 * Keeps the numbers of these calls as they are until the transaction ends: all that the facts name, whichever of them turns out to be the customer's, and
 * those that the calls have. So do the customers. Returns the indexes of the numbers.
 */
export async function keepNumbers(
  kernel: Kernel,
  em: EntityManager,
  systemId: string,
  facts: readonly CallFact[],
): Promise<ReadonlySet<string>> {
  const indexes = new Set(await knownNumbers(em, systemId, [...new Set(facts.map(fact => fact.callId))]))
  for (const text of new Set(facts.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()))) {
    const { canonical } = normalisePhone(text)
    if (canonical !== null) indexes.add(blindIndex(kernel.keys, 'phone', canonical))
  }
  await kernel.ports.customers.holdStill(em, [...indexes])
  return indexes
}

async function knownNumbers(em: EntityManager, systemId: string, externalIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ index: string }>`
    select distinct phone_index as index from call.call
    where system_id = ${systemId} and external_id = any(${[...externalIds]}::text[]) and phone_index is not null`.execute(
    em.getKysely<unknown>(),
  )
  return rows.map(({ index }) => index)
}
