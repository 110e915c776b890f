import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { changeOf } from '../../kernel/changes/index.js'
import type { Kernel } from '../../kernel/context/index.js'
import type { CustomerFollower, CustomerRef } from '../../kernel/ports/index.js'
import { linkWaiting } from './unlinked/linkWaiting.js'

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
    const change = changeOf(em)
    if (!change) throw new Error('Numbers become known within a transaction that changes rows.')
    await linkWaiting(this.kernel(), change, phoneIndexes)
  }
}
