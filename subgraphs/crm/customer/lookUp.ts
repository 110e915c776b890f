import { type SqlBool, sql } from 'kysely'
import { type HubContext, PROBES, spend, unspent } from '../../../kernel/context/index.js'
import { forbidden, rateLimited } from '../../../kernel/errors.js'
import { column } from '../../../kernel/orm/index.js'
import { Customer } from './customer.entity.js'
import { phoneIndexOf } from './phones.js'

/** Customers with exactly this number, of those the viewer may read. A look-up that finds nothing spends the budget for probing. */
export async function customersByPhone(ctx: HubContext, number: string): Promise<Customer[]> {
  if (!ctx.mayAtAll('lookUp', Customer, 'phone')) throw forbidden()
  const { kernel } = ctx
  await mayProbe(ctx)
  const index = phoneIndexOf(kernel, number)
  const found = index === null ? [] : await withPhone(ctx, index)
  const lookedUp = { action: 'Customer.lookedUp', subjectType: 'Customer', fields: ['phone'] }
  for (const { id } of found) ctx.accessed({ ...lookedUp, subjectId: id, customerId: id })
  if (found.length === 0) {
    ctx.accessed({ ...lookedUp, detail: { found: 0 } })
    await probe(ctx)
  }
  return found
}

function withPhone(ctx: HubContext, index: string): Promise<Customer[]> {
  const holds = sql<SqlBool>`exists (
    select from crm.customer_phone p where p.customer_id = ${column(ctx.em, Customer, 'id')} and p.index = ${index})
    and ${column(ctx.em, Customer, 'archivedAt')} is null`
  return ctx
    .rows<Customer>(Customer, { by: ['phone'] })
    .where(holds)
    .orderBy(column(ctx.em, Customer, 'id'))
    .limit(100)
    .execute()
}

/** Searching by the last four digits tells something of numbers too: it is audited, and spends the same budget. */
export async function noteTailSearch(ctx: HubContext): Promise<void> {
  await probe(ctx)
  ctx.accessed({ action: 'Customer.searchedByTail', subjectType: 'Customer', fields: ['phone'] })
}

/** Refuses who has used up the budget for questions about numbers, before anything is looked up: even a refusal afterwards would be an answer. */
export async function mayProbe(ctx: HubContext): Promise<void> {
  const { kernel, actor } = ctx
  if ((await unspent(kernel.systemEm(), PROBES, actor.id, ctx.now)) === 0) await stopped(ctx)
}

/** Asks a question that tells whether a number is known; with the budget for those used up, the person is stopped and reported. */
export async function probe(ctx: HubContext): Promise<void> {
  const { kernel, actor } = ctx
  const allowed = await kernel.transact(kernel.systemEm(), change => spend(change.em, PROBES, actor.id, change.at, 1))
  if (allowed === 0) await stopped(ctx)
}

async function stopped({ kernel, actor }: HubContext): Promise<never> {
  await kernel.ports.notices.budgetExceeded({ personId: actor.id, kind: PROBES.kind })
  throw rateLimited('You have asked too often for numbers that are not there. Try again in an hour.', 3600)
}
