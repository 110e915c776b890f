import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { ConsentPurpose, ConsentState } from '../../../kernel/consent.js'
import type { Consents } from '../../../kernel/ports/index.js'
import type { Consent } from './consent.js'

/** The last word of these customers on each purpose. */
export async function consentsOf(em: EntityManager, customerIds: readonly string[]): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    select distinct on (customer_id, purpose) customer_id as "customerId", purpose, state, at, evidence
    from access.consent where customer_id = any(${[...customerIds]}::uuid[])
    order by customer_id, purpose, at desc, seq desc`.execute(em.getKysely<unknown>())
  return rows
}

/** Adds a word; what was said before stays on record. */
export async function addConsent(
  em: EntityManager,
  { customerId, purpose, state, at, evidence, byId }: Consent & { byId: string },
): Promise<void> {
  await sql`
    insert into access.consent (customer_id, purpose, state, at, evidence, by_id)
    values (${customerId}::uuid, ${purpose}, ${state}, ${at}, ${evidence}, ${byId})`.execute(em.getKysely<unknown>())
}

export const latestConsents: Consents['latest'] = async (em, customerIds, purpose: ConsentPurpose) => {
  const said = await consentsOf(em, customerIds)
  return new Map(
    said
      .filter(consent => consent.purpose === purpose)
      .map(({ customerId, state }): [string, ConsentState] => [customerId, state]),
  )
}
