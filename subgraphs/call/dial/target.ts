import type { EntityManager } from '@mikro-orm/postgresql'
import { type SqlBool, sql } from 'kysely'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, forbidden, notFound } from '../../../kernel/errors.js'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import type { CustomerRef, StoredNumber } from '../../../kernel/ports/index.js'
import { PhoneKind } from '../../../kernel/sensitive/index.js'
import { Call } from '../call/call.entity.js'
import type { PlaceCallInput } from './placeCallInput.js'

/** Who is to be called. */
export interface Target {
  /** Where somebody said whose number it is. */
  customer: CustomerRef | null
  /** null: there is none. */
  number: StoredNumber | null
  /** The call that is rung back. */
  rungBack: Pick<Call, 'id' | 'systemId'> | null
}

/** Finds whom the input names, where the viewer may dial them. `em` sees every row: whether the viewer may is asked here, row by row. */
export function targetOf(ctx: HubContext, em: EntityManager, input: PlaceCallInput): Promise<Target> {
  const { customerId, callId, phoneId } = input
  if ([customerId, callId, phoneId].filter(id => id != null).length !== 1)
    throw badInput('input', 'Name exactly one of customerId, callId and phoneId.')
  if (callId != null) return callerOf(ctx, em, callId)
  return customerAt(ctx, em, phoneId != null ? { phoneId } : { customerId: customerId! })
}

async function customerAt(
  ctx: HubContext,
  em: EntityManager,
  by: { customerId: string } | { phoneId: string },
): Promise<Target> {
  const found = await ctx.kernel.ports.customers.toDial(em, by)
  if (!found || !ctx.may('read', 'Customer', found.customer))
    throw notFound('phoneId' in by ? 'phone number' : 'customer')
  if (!ctx.may('dial', 'Customer', found.customer, 'phone')) throw forbidden()
  return { ...found, rungBack: null }
}

async function callerOf(ctx: HubContext, em: EntityManager, id: string): Promise<Target> {
  const call = await rowsOf<Call>(em, Call)
    .where(sql<SqlBool>`${column(em, Call, 'id')} = any(${idList(em, Call, 'id', [id])})`)
    .executeTakeFirst()
  if (!call || !ctx.may('read', Call, call)) throw notFound('call')
  if (!ctx.may('dial', Call, call, 'customerPhone')) throw forbidden()
  const { customerId, phoneMasked, phoneCipher, phoneIndex, phoneKind } = call
  const known = customerId === null ? null : await ctx.kernel.ports.customers.toDial(em, { customerId })
  const kind = phoneKind ?? PhoneKind.UNKNOWN
  const isPutAway = customerId !== null && known === null
  return {
    customer: known?.customer ?? null,
    number:
      phoneMasked === null || isPutAway ? null : { masked: phoneMasked, cipher: phoneCipher, index: phoneIndex, kind },
    rungBack: call,
  }
}
