import type { HubContext } from '../../../kernel/context/index.js'
import { sealUnder } from '../../../kernel/encryption/index.js'
import { alreadyOwned, badInput, forbidden, HubError } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/id.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import { checkCustomer } from './checkCustomer.js'
import { Customer } from './customer.entity.js'
import type { CreateCustomerInput } from './customerInput.js'
import { CustomerPhone } from './customerPhone.entity.js'
import { CustomerStage } from './customerStage.js'
import { asking } from './lookUp.js'
import { firstOwner } from './newOwner.js'
import { lockNumber, phoneIndexOf, phoneRow } from './phones.js'
import { addressColumns, emailColumns, nameColumns } from './values.js'

/**
 * Makes a customer. A number that somebody already has is refused: with their id where the viewer may see them, with ALREADY_OWNED and nothing
 * more where they may not. Either answer tells that the number is known, and so spends the budget for such questions.
 */
export async function createCustomer(ctx: HubContext, input: CreateCustomerInput): Promise<Customer | null> {
  checkCustomer(input)
  const given = Object.entries(input).filter(([field, value]) => value != null && field !== 'ownerId')
  if (!given.every(([field]) => ctx.may('create', Customer, {}, field))) throw forbidden()
  const { kernel } = ctx
  const index = phoneIndexOf(kernel, input.phone)
  if (index === null) throw badInput('input.phone', 'This is no phone number.')
  const id = newId(kernel.clock)
  const known = await asking(ctx, async change => {
    const { em, at } = change
    const { ownerId, teamId } = await firstOwner(ctx, change, input.ownerId ?? null)
    // Two people who enter the same number at once must not make two customers of it.
    await lockNumber(kernel, em, index)
    const holders = (await kernel.ports.customers.byPhoneIndex(em, [index])).get(index) ?? []
    if (holders.length > 0) return { answer: holders, spent: 1 }
    const seal = sealUnder(await kernel.dataKeys.keyOf(id))
    em.create(Customer, {
      id,
      ...nameColumns(seal, input.name),
      ...emailColumns(kernel, seal, input.email ?? null),
      ...addressColumns(seal, input.address ?? null),
      company: input.company ?? null,
      stage: input.stage ?? CustomerStage.LEAD,
      stageLabel: null,
      source: input.source ?? null,
      tags: [...new Set(input.tags)],
      doNotCall: input.doNotCall ?? false,
      extra: {},
      internalNote: null,
      ownerId,
      teamId,
      createdAt: at,
      updatedAt: at,
      archivedAt: null,
    } as never)
    await em.flush()
    em.create(CustomerPhone, await phoneRow(kernel, id, input.phone, 0, null))
    await em.flush()
    await kernel.ports.follower.numbersKnown(em, [index])
    return { answer: null, spent: 0 }
  })
  if (known) refuse(ctx, known)
  return ctx.reread<Customer>(Customer, id)
}

function refuse(ctx: HubContext, holders: CustomerRef[]): never {
  const seen = holders.find(one => ctx.reference('Customer', { ...one }))
  const holder = seen ?? holders.find(({ ownerId }) => ownerId !== null) ?? holders[0]!
  ctx.accessed({
    action: 'Customer.numberKnown',
    subjectType: 'Customer',
    subjectId: holder.id,
    customerId: holder.id,
    fields: ['phone'],
  })
  if (seen) throw new HubError('CONFLICT', 'There is a customer with this number already.', { id: holder.id })
  if (holder.ownerId === null)
    throw new HubError('CONFLICT', 'This number is in the pool already: ask an administrator to assign it.')
  throw alreadyOwned()
}
