import type { HubContext } from '../../../kernel/context/index.js'
import { desk } from './desk.js'
import { Holding } from './holding.entity.js'

/** The extensions a person has now, sorted; batched. Whoever may read the person's field may read them: they carry no rules of their own. */
export async function extensionsOf(ctx: HubContext, personId: string): Promise<string[]> {
  const loader = ctx.loader<string, string[]>(Holding, async ids => {
    const held = await desk.extensionsOf(ctx.kernel.systemEm(), ids, ctx.now)
    return ids.map(id => held.get(id) ?? [])
  })
  return (await loader.load(personId)) ?? []
}
