import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, notFound } from '../../../kernel/errors.js'
import { offersOf } from '../apply/offer.js'
import { Call } from './call.entity.js'
import { CALL_TOPIC } from './callTopic.js'
import { CallDirection } from './enums.js'
import { openCall } from './openCall.js'
import { setCustomer } from './setCustomer.js'

/** A person says whose call it was. The choice stays when numbers change later. */
export async function linkCall(ctx: HubContext, callId: string, customerId: string): Promise<Call | null> {
  await ctx.change(async change => {
    await ctx.kernel.ports.customers.holdStill(change.em, [])
    const call = await openCall(ctx, change, callId, 'customer')
    if (call.direction === CallDirection.INTERNAL)
      throw badInput('callId', 'A call between colleagues has no customer.')
    const customer = (await ctx.kernel.ports.customers.byId(change.em, [customerId])).get(customerId)
    const readable = customer && ctx.reference('Customer', { ...customer })
    // A candidate may be chosen although only its masked name can be seen so far.
    if (!customer || !(readable || call.candidateIds.includes(customerId))) throw notFound('customer')
    await setCustomer(ctx.kernel, call, customer, 'PERSON')
    call.updatedAt = change.at
    change.record({ kind: 'CHANGE', action: 'Call.linked', subjectType: 'Call', subjectId: call.id, customerId })
    if (call.direction === CallDirection.INBOUND && call.agentId) {
      await openTo(ctx, change, call)
    }
    change.emit(CALL_TOPIC, { callId: call.id, kind: 'LINKED' })
  })
  return ctx.reread(Call, callId)
}

/** The chosen customer opens to whom the call was offered, in place of the masked candidates. */
async function openTo({ kernel }: HubContext, change: Change, call: Call): Promise<void> {
  const offered = [{ call, agentIds: [call.agentId!], candidateIds: [] }]
  await kernel.ports.automaticGrants.offered(change, await offersOf(kernel, change.em, offered))
}
