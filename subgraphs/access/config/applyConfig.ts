import { sql } from 'kysely'
import type { Config } from '../../../kernel/config/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { ACCESS_TOPIC } from '../../../kernel/feed/index.js'
import { applyHoldings } from './applyHoldings.js'
import { applyPeople } from './applyPeople.js'
import { applyTeams } from './applyTeams.js'

/**
 * Brings teams, people, identities, extensions and queues up to what HUB_CONFIG names, in one transaction. It adds and updates and never
 * deletes, and a second time it changes nothing. Processes that start together take turns.
 * `issuer`: of identities that name none (JWT_ISSUER).
 */
export async function applyConfig(kernel: Kernel, config: Config, { issuer }: { issuer: string }): Promise<void> {
  await kernel.transact(kernel.systemEm(), async change => {
    await sql`select pg_advisory_xact_lock(hashtextextended('access:config', 0))`.execute(
      change.em.getKysely<unknown>(),
    )
    await applyTeams(kernel, change, config.teams)
    await applyPeople(kernel, change, config.people, issuer)
    await applyHoldings(kernel, change, config)
    await change.em.flush()
    if (change.rows.length > 0) change.emit(ACCESS_TOPIC, {})
  })
}
