import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Kernel } from '../../kernel/context/index.js'
import type { CustomerFollower, CustomerRef } from '../../kernel/ports/index.js'
import { Call } from './call/call.entity.js'
import { CallDirection } from './call/enums.js'
import { setCustomer } from './call/setCustomer.js'

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
    const waiting = {
      phoneIndex: { $in: [...phoneIndexes] },
      customerId: null,
      direction: { $ne: CallDirection.INTERNAL },
    }
    const calls = await em.find(Call, waiting, { filters: false })
    if (calls.length === 0) return
    const customers = await kernel.ports.customers.byPhoneIndex(em, [...new Set(calls.map(call => call.phoneIndex!))])
    for (const call of calls) {
      const [one, ...others] = customers.get(call.phoneIndex!) ?? []
      if (one && others.length === 0) await setCustomer(kernel, call, one, 'NUMBER')
      else call.candidateIds = (one ? [one, ...others] : []).map(({ id }) => id)
    }
  }
}
