import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Kernel } from '../../kernel/context/index.js'
import type { CustomerFollower, CustomerRef } from '../../kernel/ports/index.js'
import { Call } from './call/call.entity.js'
import { CallDirection } from './call/enums.js'
import { setCustomer, subjectOf } from './call/setCustomer.js'

/** Numbers whose calls are linked at once. */
const PART = 200

/** Keeps what calls carry of their customers in step with the crm subgraph, in its transactions. */
export class CallFollower implements CustomerFollower {
  constructor(private readonly kernel: () => Kernel) {}

  async moved(em: EntityManager, customers: readonly CustomerRef[]): Promise<void> {
    await sql`
      update call.call c set owner_id = m.owner_id, customer_team_id = m.team_id
      from unnest(
        ${customers.map(({ id }) => id)}::uuid[], ${customers.map(({ ownerId }) => ownerId)}::text[],
        ${customers.map(({ teamId }) => teamId)}::text[]) as m(id, owner_id, team_id)
      where c.customer_id = m.id`.execute(em.getKysely<unknown>())
  }

  /** A10: calls that waited unlinked belong to the customer as soon as one, and only one, has their number. */
  async numbersKnown(em: EntityManager, phoneIndexes: readonly string[]): Promise<void> {
    if (phoneIndexes.length === 0) return
    const kernel = this.kernel()
    // Of thousands of numbers few have calls that wait.
    const { rows: wanted } = await sql<{ index: string }>`
      select w.index from unnest(${[...phoneIndexes]}::text[]) as w(index) cross join lateral (
        select from call.call
        where phone_index = w.index and customer_id is null and direction <> 'INTERNAL' limit 1) c`.execute(
      em.getKysely<unknown>(),
    )
    for (let from = 0; from < wanted.length; from += PART)
      await linkWaiting(
        kernel,
        em,
        wanted.slice(from, from + PART).map(({ index }) => index),
      )
  }
}

async function linkWaiting(kernel: Kernel, em: EntityManager, phoneIndexes: readonly string[]): Promise<void> {
  const waiting = {
    phoneIndex: { $in: [...phoneIndexes] },
    customerId: null,
    direction: { $ne: CallDirection.INTERNAL },
  }
  const calls = await em.find(Call, waiting, { filters: false })
  const customers = await kernel.ports.customers.byPhoneIndex(em, phoneIndexes)
  // Read at once, so that moving the numbers of many calls asks for no key again.
  await kernel.dataKeys.keysOf([
    ...new Set(calls.map(subjectOf)),
    ...new Set([...customers.values()].flat().map(({ id }) => id)),
  ])
  for (const call of calls) {
    const [one, ...others] = customers.get(call.phoneIndex!) ?? []
    if (one && others.length === 0) await setCustomer(kernel, call, one, 'NUMBER')
    else call.candidateIds = (one ? [one, ...others] : []).map(({ id }) => id)
  }
}
