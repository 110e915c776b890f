import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, forbidden } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/id.js'
import { openCustomer } from '../customer/openCustomer.js'
import { changedFields } from './changedFields.js'
import { checkDeal } from './checkDeal.js'
import { Deal, DealStage } from './deal.entity.js'
import type { DealInput } from './dealInput.js'

/** Makes a deal of a customer one may see, or changes one. Each field that is given must be one the viewer may change. */
export async function saveDeal(ctx: HubContext, input: DealInput): Promise<Deal | null> {
  checkDeal(input)
  const fields = changedFields(input)
  const id = await once(ctx, async change => {
    const deal = input.id ? await openDeal(ctx, change.em, input, fields) : await newDeal(ctx, change, input, fields)
    for (const field of ['orderNo', 'title', 'amount', 'cost'] as const)
      if (input[field] !== undefined) deal[field] = input[field]
    if (input.currency) deal.currency = input.currency
    if (input.stage) {
      deal.closedAt = input.stage === DealStage.OPEN ? null : (deal.closedAt ?? change.at)
      deal.stage = input.stage
    }
    deal.updatedAt = change.at
    return deal.id
  })
  return ctx.reread(Deal, id)
}

/** A7: an order number stands for one deal of the system that gave it. */
const once = (ctx: HubContext, work: (change: Change) => Promise<string>): Promise<string> =>
  ctx.change(work).catch(error => {
    if (error instanceof UniqueConstraintViolationException)
      throw badInput('input.orderNo', 'There is a deal with this order number already.')
    throw error
  })

async function openDeal(ctx: HubContext, em: EntityManager, input: DealInput, fields: string[]): Promise<Deal> {
  if (input.version === undefined || input.version === null)
    throw badInput('input.version', 'Give the version you read.')
  return ctx.open<Deal>(Deal, input.id!, 'update', { fields, version: input.version, em })
}

async function newDeal(ctx: HubContext, change: Change, input: DealInput, fields: string[]): Promise<Deal> {
  if (!input.customerId) throw badInput('input.customerId', 'A new deal needs its customer.')
  const { em, at } = change
  const customer = await openCustomer(ctx, change, input.customerId, 'read')
  const { id: customerId, ownerId, teamId } = customer
  if (![...fields, 'stage'].every(field => ctx.may('create', Deal, { customerId, ownerId, teamId }, field)))
    throw forbidden()
  const none = { systemId: null, orderNo: null, title: null, amount: null, cost: null, closedAt: null }
  const deal = {
    ...none,
    id: newId(ctx.kernel.clock),
    customerId,
    ownerId,
    teamId,
    currency: 'CNY',
    stage: DealStage.OPEN,
    createdAt: at,
    updatedAt: at,
  }
  return em.create(Deal, deal as never) as Deal
}
