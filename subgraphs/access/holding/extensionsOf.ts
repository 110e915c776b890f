import type { HubContext } from '../../../kernel/context/index.js'
import { Holding } from './holding.entity.js'
import { inForce } from './inForce.js'

/** The extensions a person has now, sorted; batched. Whoever may read the person's field may read them: they carry no rules of their own. */
export async function extensionsOf(ctx: HubContext, personId: string): Promise<string[]> {
  const loader = ctx.loader<string, string[]>(Holding, async ids => {
    const where = inForce('EXTENSION', ctx.now, { holderId: ids })
    const held = await ctx.kernel.systemEm().find(Holding, where, { orderBy: { name: 'asc' } })
    return ids.map(id => held.filter(({ holderId }) => holderId === id).map(({ name }) => name))
  })
  return (await loader.load(personId)) ?? []
}
