import type { EntityManager } from '@mikro-orm/postgresql'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, forbidden } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/id.js'
import { isText } from '../../../kernel/text.js'
import { openCustomer } from '../customer/openCustomer.js'
import { FollowUp } from './followUp.entity.js'
import type { FollowUpInput } from './followUpInput.js'

const LONGEST = 5000

/** One without a due time is done as it is written. */
export async function addFollowUp(ctx: HubContext, input: FollowUpInput): Promise<FollowUp | null> {
  const { channel, note = null, dueAt = null, callId = null } = input
  if (note && note.length > LONGEST) throw badInput('input.note', `A note has ${LONGEST} characters at most.`)
  if (note && !isText(note)) throw badInput('input.note', 'There are characters in it that nobody can read.')
  const id = await ctx.change(async change => {
    const { em, at } = change
    const customer = await openCustomer(ctx, change, input.customerId, 'read')
    const { id: customerId, ownerId, teamId } = customer
    if (!ctx.may('create', FollowUp, { customerId, ownerId, teamId })) throw forbidden()
    if (callId) await checkCall(ctx, em, callId, customerId)
    const doneAt = dueAt ? null : at
    const row = {
      id: newId(ctx.kernel.clock),
      customerId,
      ownerId,
      teamId,
      authorId: ctx.actor.id,
      callId,
      channel,
      note,
      dueAt,
      doneAt,
      createdAt: at,
    }
    return (em.create(FollowUp, row as never) as FollowUp).id
  })
  return ctx.reread(FollowUp, id)
}

/** A call of this customer that the writer may see; one of somebody else answers as if it were not there. */
async function checkCall(ctx: HubContext, em: EntityManager, callId: string, customerId: string): Promise<void> {
  const call = (await ctx.kernel.ports.calls.byId(em, [callId])).get(callId)
  if (!call || call.customerId !== customerId || !ctx.may('read', 'Call', { ...call }))
    throw badInput('input.callId', 'This is no call of the customer.')
}

export async function completeFollowUp(ctx: HubContext, id: string): Promise<FollowUp | null> {
  await ctx.change(async ({ em, at }) => {
    const followUp = await ctx.open<FollowUp>(FollowUp, id, 'update', { fields: ['doneAt'], em })
    followUp.doneAt ??= at
  })
  return ctx.reread(FollowUp, id)
}
