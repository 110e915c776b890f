import type { EntityManager } from '@mikro-orm/postgresql'
import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, forbidden } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/id.js'
import { Customer } from '../customer/customer.entity.js'
import { Deal, DealStage } from './deal.entity.js'
import type { DealInput } from './dealInput.js'

/** Makes a deal of a customer one may see, or changes one. Each field that is given must be one the viewer may change. */
export async function saveDeal(ctx: HubContext, input: DealInput): Promise<Deal | null> {
  const fields = changedFields(input)
  const id = await ctx.change(async change => {
    const deal = input.id ? await openDeal(ctx, change.em, input, fields) : await newDeal(ctx, change, input, fields)
    for (const field of ['orderNo', 'title', 'amount', 'cost'] as const)
      if (input[field] !== undefined) deal[field] = input[field]
    if (input.currency) deal.currency = currencyOf(input.currency)
    if (input.stage) {
      deal.closedAt = input.stage === DealStage.OPEN ? null : (deal.closedAt ?? change.at)
      deal.stage = input.stage
    }
    deal.updatedAt = change.at
    return deal.id
  })
  return ctx.reread(Deal, id)
}

const changedFields = (input: DealInput): string[] => [
  ...(['orderNo', 'title', 'amount', 'stage', 'cost'] as const).filter(
    field => input[field] !== undefined && input[field] !== null,
  ),
]

async function openDeal(ctx: HubContext, em: EntityManager, input: DealInput, fields: string[]): Promise<Deal> {
  if (input.version === undefined || input.version === null)
    throw badInput('input.version', 'Give the version you read.')
  return ctx.open<Deal>(Deal, input.id!, 'update', { fields, version: input.version, em })
}

async function newDeal(ctx: HubContext, { em, at }: Change, input: DealInput, fields: string[]): Promise<Deal> {
  if (!input.customerId) throw badInput('input.customerId', 'A new deal needs its customer.')
  const customer = await ctx.open<Customer>(Customer, input.customerId, 'read', { em })
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

function currencyOf(text: string): string {
  if (!/^[A-Z]{3}$/.test(text)) throw badInput('input.currency', 'A currency has three capital letters, such as CNY.')
  return text
}
