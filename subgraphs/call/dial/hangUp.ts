import type { HubContext } from '../../../kernel/context/index.js'
import { Call } from '../call/call.entity.js'
import { CallStatus } from '../call/enums.js'
import { notTaken } from './notTaken.js'
import { refused } from './refusals.js'

/** Ends a call; one that is over already is left as it is. That it has ended is for the phone system to say. */
export async function hangUp(ctx: HubContext, callId: string): Promise<Call | null> {
  const { kernel } = ctx
  const { rules, diallerOf } = kernel.ports.dialling
  const call = await ctx.change(async change => {
    const open = await ctx.open(Call, callId, 'update', { fields: ['status'], em: change.em })
    if (open.status !== CallStatus.ENDED) {
      if (!diallerOf(open.systemId)) throw refused('NO_PHONE_SYSTEM', rules)
      const { id: subjectId, customerId } = open
      change.record({ kind: 'CHANGE', action: 'Call.hungUp', subjectType: 'Call', subjectId, customerId })
    }
    return open
  })
  if (call.status === CallStatus.ENDED) return ctx.reread(Call, call.id)
  await diallerOf(call.systemId)!
    .hangUp(call.externalId)
    .catch(error => {
      const gone = notTaken(error)
      kernel.log.warn(
        { system: call.systemId, call: call.id, reason: gone.message },
        'a phone system did not end a call',
      )
      throw gone
    })
  return ctx.reread(Call, call.id)
}
