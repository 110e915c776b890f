import type { EntityManager } from '@mikro-orm/postgresql'
import { type SqlBool, sql } from 'kysely'
import type { HubContext, Kernel } from '../../../kernel/context/index.js'
import { blindIndex, type Seal, sealUnder } from '../../../kernel/encryption/index.js'
import { newId } from '../../../kernel/id.js'
import { maskedWriting, maskPhone } from '../../../kernel/mask/index.js'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import { normalisePhone } from '../../../kernel/phone/index.js'
import { PhoneKind, PhoneNumber } from '../../../kernel/sensitive/index.js'
import { CustomerPhone } from './customerPhone.entity.js'

/** Blind index of a number in any writing; null where it is no number. */
export function phoneIndexOf(kernel: Kernel, raw: string): string | null {
  const { canonical } = normalisePhone(raw)
  return canonical === null ? null : blindIndex(kernel.keys, 'phone', canonical)
}

const ALL_NUMBERS = 'phones'
const CALLS = 'calls'
const lockOf = (index: string): string => `phone:${index}`

/** Until the transaction ends, nobody else gives this number to a customer. */
export async function lockNumber(kernel: Kernel, em: EntityManager, index: string): Promise<void> {
  await kernel.lockShared(em, ALL_NUMBERS)
  await kernel.lock(em, lockOf(index))
}

/** Until the transaction ends, nobody else gives any number to a customer: thousands of locks at once are more than a server has room for. */
export const lockNumbers = (kernel: Kernel, em: EntityManager): Promise<void> => kernel.lock(em, ALL_NUMBERS)

/** Until the transaction ends, nobody gives these numbers to a customer, nor any customer to somebody else: both stay as they are read. */
export const holdStill = (kernel: Kernel, em: EntityManager, indexes: readonly string[]): Promise<void> =>
  kernel.lockShared(em, CALLS, ...indexes.map(lockOf))

/**
 * Until the transaction ends no call is tied to a customer. For whoever moves customers, and for whoever gave many numbers to them, at the very end: calls
 * stored meanwhile are seen now, later ones see the change. So calls that ring do not wait for a whole batch.
 */
export const lockCalls = (kernel: Kernel, em: EntityManager): Promise<void> => kernel.lock(em, CALLS)

const TAIL = /\d{4}$/

/** A row for a number as it was written; what is no number is kept, wholly hidden or as it was masked before, and finds nobody. */
export async function phoneRow(
  kernel: Kernel,
  customerId: string,
  raw: string,
  position: number,
  source: string | null,
): Promise<CustomerPhone> {
  return sealedPhoneRow(kernel, sealUnder(await kernel.dataKeys.keyOf(customerId)), customerId, raw, position, source)
}

/** The same with the customer's key at hand. */
export function sealedPhoneRow(
  kernel: Kernel,
  seal: Seal,
  customerId: string,
  raw: string,
  position: number,
  source: string | null,
): CustomerPhone {
  const phone = normalisePhone(raw)
  const masked = phone.canonical === null ? (maskedWriting(raw) ?? '****') : maskPhone(phone.canonical)
  const { region, carrier } = kernel.attribution.attributionOf(phone)
  const value = phone.canonical ?? raw
  const cipher = seal(value)
  return {
    id: newId(kernel.clock),
    customerId,
    position,
    kind: PhoneKind[phone.kind],
    masked,
    tail: TAIL.exec(masked)?.[0] ?? null,
    cipher,
    rawCipher: raw === value ? cipher : seal(raw),
    index: phone.canonical === null ? null : blindIndex(kernel.keys, 'phone', phone.canonical),
    region: region ?? null,
    carrier: carrier ?? null,
    source,
    createdAt: kernel.clock.now(),
  }
}

/** Numbers of a customer whose row the viewer may read, in their order; batched. The customer's own row has been let through before. */
export async function phonesOf(ctx: HubContext, customerId: string): Promise<PhoneNumber[]> {
  const loader = ctx.loader<string, PhoneNumber[]>(CustomerPhone, async ids => {
    const rows = await phoneRows(ctx.kernel.systemEm(), ids)
    return ids.map(id => rows.filter(row => row.customerId === id).map(shown))
  })
  return (await loader.load(customerId)) ?? []
}

export async function phoneRows(em: EntityManager, customerIds: readonly string[]): Promise<CustomerPhone[]> {
  return rowsOf<CustomerPhone>(em, CustomerPhone)
    .where(
      sql<SqlBool>`${column(em, CustomerPhone, 'customerId')} = any(${idList(em, CustomerPhone, 'customerId', customerIds)})`,
    )
    .orderBy(column(em, CustomerPhone, 'position'))
    .execute()
}

const shown = ({ id, masked, cipher, kind, region, carrier, source }: CustomerPhone): PhoneNumber =>
  new PhoneNumber(masked, cipher, { id, kind, region, carrier, source })
