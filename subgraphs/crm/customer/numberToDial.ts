import type { EntityManager } from '@mikro-orm/postgresql'
import { type SqlBool, sql } from 'kysely'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import type { CustomerRef, StoredNumber } from '../../../kernel/ports/index.js'
import { Customer } from './customer.entity.js'
import { CustomerPhone } from './customerPhone.entity.js'

type ToDial = { customer: CustomerRef; number: StoredNumber | null }

/**
 * A customer to be called, at the number of this id or at their first. Nobody calls a customer who was put away. Held until the transaction ends: one
 * who gets another owner meanwhile would leave the call to the owner before.
 */
export async function numberToDial(
  em: EntityManager,
  by: { customerId: string } | { phoneId: string },
): Promise<ToDial | null> {
  const [property, id] = 'phoneId' in by ? (['id', by.phoneId] as const) : (['customerId', by.customerId] as const)
  const [number] = await rowsOf<CustomerPhone>(em, CustomerPhone)
    .where(sql<SqlBool>`${column(em, CustomerPhone, property)} = any(${idList(em, CustomerPhone, property, [id])})`)
    .orderBy(column(em, CustomerPhone, 'position'))
    .limit(1)
    .execute()
  const customerId = 'customerId' in by ? by.customerId : number?.customerId
  const customer = customerId === undefined ? undefined : await activeCustomer(em, customerId)
  return customer ? { customer, number: number ?? null } : null
}

async function activeCustomer(em: EntityManager, id: string): Promise<CustomerRef | undefined> {
  const found = await rowsOf<Customer>(em, Customer, { select: ['id', 'ownerId', 'teamId'] })
    .where(sql<SqlBool>`${column(em, Customer, 'id')} = any(${idList(em, Customer, 'id', [id])})`)
    .where(sql<SqlBool>`${column(em, Customer, 'archivedAt')} is null`)
    .forShare()
    .executeTakeFirst()
  return found && { id: found.id, ownerId: found.ownerId, teamId: found.teamId }
}
