import { type SqlBool, sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import { type HubContext, PROBES, spend, unspent } from '../../../kernel/context/index.js'
import { forbidden, rateLimited } from '../../../kernel/errors.js'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import { answerInTurn } from './answerInTurn.js'
import { Customer } from './customer.entity.js'
import { phoneIndexOf } from './phones.js'

const MOST = 100
const LOOKED_UP = { kind: 'ACCESS', action: 'Customer.lookedUp', subjectType: 'Customer', fields: ['phone'] } as const

/**
 * Customers with exactly this number, of those the viewer may read; the first 100. A look-up that finds nothing spends the budget for
 * probing. Those of one operation are answered together, in order.
 */
export async function customersByPhone(ctx: HubContext, number: string): Promise<Customer[]> {
  if (!ctx.mayAtAll('lookUp', Customer, 'phone')) throw forbidden()
  const loader = ctx.loader<string, Customer[]>(customersByPhone, numbers => lookUp(ctx, numbers))
  return (await loader.load(number)) ?? stop(ctx)
}

/** null: no longer answered. */
function lookUp(ctx: HubContext, numbers: readonly string[]): Promise<(Customer[] | null)[]> {
  return asking(ctx, async (change, left) => {
    const indexes = numbers.map(number => phoneIndexOf(ctx.kernel, number))
    const holders = await readableHolders(ctx, change, indexes)
    const { answers, misses } = answerInTurn(
      indexes.map(index => (index === null ? [] : (holders.get(index) ?? []))),
      left,
    )
    for (const found of answers) {
      for (const { id } of found ?? [])
        change.record({ ...LOOKED_UP, fields: ['phone'], subjectId: id, customerId: id })
      if (found?.length === 0) change.record({ ...LOOKED_UP, fields: ['phone'], detail: { found: 0 } })
    }
    return { answer: answers, spent: misses }
  })
}

async function readableHolders(
  { kernel }: HubContext,
  { em }: Change,
  indexes: readonly (string | null)[],
): Promise<Map<string, Customer[]>> {
  const holders = await kernel.ports.customers.byPhoneIndex(
    em,
    indexes.filter(index => index !== null),
  )
  const ids = [...holders.values()].flat().map(({ id }) => id)
  const rows = await rowsOf<Customer>(em, Customer, { by: ['phone'] })
    .where(sql<SqlBool>`${column(em, Customer, 'id')} = any(${idList(em, Customer, 'id', ids)})`)
    .execute()
  const readable = new Map(rows.map(row => [row.id, row]))
  return new Map(
    [...holders].map(([index, refs]) => [index, refs.flatMap(({ id }) => readable.get(id) ?? []).slice(0, MOST)]),
  )
}

/** Searching by the last four digits tells something of numbers too: it is audited, and spends the same budget. */
export function noteTailSearch(ctx: HubContext): Promise<void> {
  return asking(ctx, async change => {
    change.record({ kind: 'ACCESS', action: 'Customer.searchedByTail', subjectType: 'Customer', fields: ['phone'] })
    return { answer: undefined, spent: 1 }
  })
}

/**
 * Asks what tells whether numbers are known, and spends of the budget for that in the same transaction. One person's questions are answered
 * one after the other, and none once the budget is used up: many at once would all be answered before the first of them counts, and even a
 * refusal afterwards would be an answer.
 */
export async function asking<T>(
  ctx: HubContext,
  question: (change: Change, left: number) => Promise<{ answer: T; spent: number }>,
): Promise<T> {
  const { kernel, actor } = ctx
  const asked = await ctx.change(async change => {
    await kernel.lock(change.em, `probing:${actor.id}`)
    const left = await unspent(change.em, PROBES, actor.id, change.at)
    if (left === 0) return null
    const { answer, spent } = await question(change, left)
    if (spent > 0) await spend(change.em, PROBES, actor.id, change.at, spent)
    return { answer }
  })
  return asked ? asked.answer : stop(ctx)
}

/** The person is refused, and reported. */
async function stop({ kernel, actor }: HubContext): Promise<never> {
  await kernel.ports.notices.budgetExceeded({ personId: actor.id, kind: PROBES.kind })
  throw rateLimited('You have asked too often for numbers that are not there. Try again in an hour.', 3600)
}
