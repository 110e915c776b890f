import type { HubContext } from '../../../kernel/context/index.js'
import type { CallRef } from '../../../kernel/ports/index.js'

/** Whose call it was; whether the viewer may see it is still to be asked. */
export function callOf(ctx: HubContext, id: string): Promise<CallRef | null> {
  const loader = ctx.loader<string, CallRef>(callOf, async ids => {
    const calls = await ctx.kernel.ports.calls.byId(ctx.em, ids)
    return ids.map(one => calls.get(one) ?? null)
  })
  return loader.load(id)
}
