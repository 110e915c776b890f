import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { sealUnder } from '../../../kernel/encryption/index.js'
import { badInput } from '../../../kernel/errors.js'
import { maskFreeText } from '../../../kernel/mask/index.js'
import { systemViewer, viewAs } from '../../../kernel/orm/index.js'
import { changedFields } from './changedFields.js'
import { checkCustomer, checkExtra } from './checkCustomer.js'
import { Customer } from './customer.entity.js'
import type { UpdateCustomerInput } from './customerInput.js'
import { CustomerPhone } from './customerPhone.entity.js'
import { moveCustomers } from './moveCustomers.js'
import { newOwner, POOL } from './newOwner.js'
import { openCustomer } from './openCustomer.js'
import { lockNumber, phoneIndexOf, phoneRow, phoneRows } from './phones.js'
import { addressColumns, emailColumns, nameColumns } from './values.js'

/** Changes the fields that are given; each must be one that the viewer may change on this very customer. */
export async function updateCustomer(ctx: HubContext, input: UpdateCustomerInput): Promise<Customer | null> {
  checkCustomer(input)
  const fields = changedFields(input)
  if (fields.includes('mayBeCalled') && !input.reason?.trim())
    throw badInput('input.reason', 'Say why they may be called again.')
  if (input.stage === null) throw badInput('input.stage', 'A customer always stands at some stage.')
  await ctx.change(async change => {
    const customer = await openCustomer(ctx, change, input.id, 'update', { fields, version: input.version })
    await fill(ctx, customer, input)
    if (input.addPhone != null) await addPhone(ctx, change, customer, input.addPhone)
    customer.updatedAt = change.at
    if (input.doNotCall === false) {
      const detail = { reason: maskFreeText(input.reason!) }
      change.record({
        kind: 'CHANGE',
        action: 'Customer.mayBeCalled',
        subjectType: 'Customer',
        subjectId: customer.id,
        customerId: customer.id,
        detail,
      })
    }
  })
  return ctx.reread<Customer>(Customer, input.id)
}

async function fill({ kernel }: HubContext, customer: Customer, input: UpdateCustomerInput): Promise<void> {
  const seal = sealUnder(await kernel.dataKeys.keyOf(customer.id))
  if (input.name !== undefined) Object.assign(customer, nameColumns(seal, input.name))
  if (input.email !== undefined) Object.assign(customer, emailColumns(kernel, seal, input.email))
  if (input.address !== undefined) Object.assign(customer, addressColumns(seal, input.address))
  for (const field of ['company', 'stageLabel', 'source', 'internalNote'] as const) {
    if (input[field] !== undefined) customer[field] = input[field]
  }
  if (input.stage) customer.stage = input.stage
  if (input.tags !== undefined) customer.tags = [...new Set(input.tags ?? [])]
  if (input.doNotCall != null) customer.doNotCall = input.doNotCall
  if (input.extra !== undefined) {
    const merged = input.extra === null ? {} : { ...customer.extra, ...input.extra }
    customer.extra = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
    checkExtra(customer.extra)
  }
}

/** A number that is theirs already changes nothing. One that others have too is theirs as well: families share numbers. */
async function addPhone({ kernel }: HubContext, { em }: Change, { id }: Customer, raw: string): Promise<void> {
  const index = phoneIndexOf(kernel, raw)
  if (index === null) throw badInput('input.addPhone', 'This is no phone number.')
  await lockNumber(kernel, em, index)
  // The viewer's rules name no rows of numbers; the customer's own row has been let through.
  const known = await phoneRows(viewAs(em.fork({ keepTransactionContext: true }), systemViewer()), [id])
  if (known.some(phone => phone.index === index)) return
  const last = Math.max(-1, ...known.map(({ position }) => position))
  em.create(CustomerPhone, await phoneRow(kernel, id, raw, last + 1, null))
  await em.flush()
  await kernel.ports.follower.numbersKnown(em, [index])
}

/** Gives a customer to somebody, or to the pool; both sides must be within what the viewer may assign. */
export async function assignCustomer(ctx: HubContext, id: string, agentId: string | null): Promise<Customer | null> {
  await ctx.change(async change => {
    const owner = agentId === null ? POOL : await newOwner(ctx, change, agentId)
    await openCustomer(ctx, change, id, 'assign', { fields: ['owner'] })
    await moveCustomers(ctx.kernel, change, [{ id, ...owner }])
  })
  return ctx.reread<Customer>(Customer, id)
}

/** Puts a customer away: they are found no more by number, and listed only among the archived. */
export async function deleteCustomer(ctx: HubContext, id: string): Promise<string> {
  await ctx.change(async change => {
    const customer = await openCustomer(ctx, change, id, 'delete')
    customer.archivedAt ??= change.at
    customer.updatedAt = change.at
  })
  return id
}
