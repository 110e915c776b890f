import { type SqlBool, sql } from 'kysely'
import type { Action } from '../../../kernel/ability/index.js'
import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import { Customer } from './customer.entity.js'

/**
 * A customer to change, or to give a child to. It is held until the transaction ends: whoever assigns it meanwhile waits, so that no child
 * is left behind with the owner before.
 */
export async function openCustomer(
  ctx: HubContext,
  { em }: Change,
  id: string,
  action: Action,
  options: { fields?: readonly string[]; version?: number } = {},
): Promise<Customer> {
  await rowsOf<Customer>(em, Customer, { select: ['id'] })
    .where(sql<SqlBool>`${column(em, Customer, 'id')} = any(${idList(em, Customer, 'id', [id])})`)
    .forNoKeyUpdate()
    .execute()
  return ctx.open<Customer>(Customer, id, action, { ...options, em })
}
