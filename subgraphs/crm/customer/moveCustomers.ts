import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import { lockCalls } from './phones.js'

/**
 * Gives customers to another owner or team: they, their deals and follow-ups, and what other subgraphs keep of them, all in one
 * transaction, since rules read these columns on every one of those rows.
 */
export async function moveCustomers(kernel: Kernel, change: Change, moved: readonly CustomerRef[]): Promise<void> {
  if (moved.length === 0) return
  const { em, at } = change
  await em.flush()
  // Calls that are being stored carry who had the customer until now: they are there to be changed once this is ours.
  await lockCalls(kernel, em)
  const db = em.getKysely<unknown>()
  const to = sql`unnest(
    ${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ ownerId }) => ownerId)}::text[],
    ${moved.map(({ teamId }) => teamId)}::text[]) as m(id, owner_id, team_id)`
  await sql`
    update crm.customer c set owner_id = m.owner_id, team_id = m.team_id, version = version + 1, updated_at = ${at}
    from ${to} where c.id = m.id`.execute(db)
  for (const table of ['crm.deal', 'crm.follow_up']) {
    await sql`update ${sql.table(table)} t set owner_id = m.owner_id, team_id = m.team_id from ${to} where t.customer_id = m.id`.execute(
      db,
    )
  }
  await kernel.ports.follower.moved(em, moved)
  for (const { id } of moved) {
    change.record({
      kind: 'CHANGE',
      action: 'Customer.moved',
      subjectType: 'Customer',
      subjectId: id,
      customerId: id,
      fields: ['owner', 'team'],
    })
  }
}
