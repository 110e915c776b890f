import type { HubContext } from '../../../kernel/context/index.js'
import { hubTables } from '../../../kernel/orm/index.js'

/** How often something was read under a grant, as the audit has it; batched. */
export async function readsUnder(ctx: HubContext, grantId: string): Promise<number> {
  const loader = ctx.loader<string, number>(readsUnder, async ids => {
    const counted = await hubTables(ctx.em)
      .selectFrom('hub.audit_entry')
      .select(eb => ['grant_id', eb.fn.countAll<string>().as('reads')])
      .where('grant_id', 'in', [...ids])
      .where('kind', '=', 'ACCESS')
      .groupBy('grant_id')
      .execute()
    const reads = new Map(counted.map(row => [row.grant_id, Number(row.reads)]))
    return ids.map(id => reads.get(id) ?? 0)
  })
  return (await loader.load(grantId)) ?? 0
}
