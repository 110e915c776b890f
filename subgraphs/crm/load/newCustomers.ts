import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { type Seal, sealUnder } from '../../../kernel/encryption/index.js'
import { newId } from '../../../kernel/id.js'
import { inParts } from '../../../kernel/inParts.js'
import { writeRows } from '../../../kernel/orm/index.js'
import { Customer } from '../customer/customer.entity.js'
import { CustomerPhone } from '../customer/customerPhone.entity.js'
import type { CustomerStage } from '../customer/customerStage.js'
import { sealedPhoneRow } from '../customer/phones.js'
import { addressColumns, emailColumns, nameColumns } from '../customer/values.js'
import { type Channel, FollowUp } from '../followUp/followUp.entity.js'

/** A customer to be made, values as they were written. */
export interface NewCustomer {
  id: string
  /** Their id in the system they come from. */
  externalId: string | null
  name: string | null
  phones: readonly string[]
  email: string | null
  address: string | null
  company: string | null
  stage: CustomerStage
  stageLabel: string | null
  source: string | null
  tags: readonly string[]
  doNotCall: boolean
  internalNote: string | null
  ownerId: string | null
  teamId: string | null
  createdAt: Date
  updatedAt: Date
}

/** Rows of one statement: the next are encrypted while the database takes these. */
const PART = 250

/** A row whose id was just drawn meets no other. */
export const FRESH = { present: 'never' } as const

/** Writes customers with their numbers and ids, in a handful of statements, whatever their number. Returns the indexes of the numbers. */
export async function writeNewCustomers(
  kernel: Kernel,
  change: Change,
  systemId: string,
  customers: readonly NewCustomer[],
): Promise<string[]> {
  if (customers.length === 0) return []
  const { em } = change
  const keys = await kernel.dataKeys.keysOf(customers.map(({ id }) => id))
  const indexes = new Set<string>()
  const make = (part: readonly NewCustomer[]) =>
    part.map(customer => {
      const seal = sealUnder(keys.get(customer.id)!)
      const phones = phoneRows(kernel, seal, customer, systemId)
      for (const { index } of phones) if (index !== null) indexes.add(index)
      return { row: customerRow(kernel, seal, customer), phones }
    })
  await inParts(customers, PART, make, async made => {
    const rows = made.map(({ row }) => row)
    await writeRows<Customer>(em, Customer, rows, FRESH)
    const phones = made.flatMap(one => one.phones)
    await writeRows<CustomerPhone>(em, CustomerPhone, phones, FRESH)
  })
  await writeExternalIds(change, systemId, customers)
  return [...indexes]
}

/** What customers are called in a system. */
export async function writeExternalIds(
  { em }: Change,
  systemId: string,
  customers: readonly { id: string; externalId: string | null }[],
): Promise<void> {
  const named = customers.filter(({ externalId }) => externalId !== null)
  if (named.length === 0) return
  await sql`
    insert into crm.external_id (system_id, external_id, customer_id)
    select ${systemId}, e.external_id, e.customer_id
    from unnest(${named.map(one => one.externalId)}::text[], ${named.map(one => one.id)}::uuid[]) as e(external_id, customer_id)`.execute(
    em.getKysely<unknown>(),
  )
}

export interface Note {
  customerId: string
  ownerId: string | null
  teamId: string | null
  authorId: string | null
  channel: Channel
  note: string
  createdAt: Date
  dueAt: Date | null
  doneAt: Date | null
}

export async function writeNotes(kernel: Kernel, { em }: Change, notes: readonly Note[]): Promise<void> {
  const rows = notes.map(note => ({ ...note, id: newId(kernel.clock), version: 1, callId: null }))
  await writeRows<FollowUp>(em, FollowUp, rows, FRESH)
}

function customerRow(kernel: Kernel, seal: Seal, customer: NewCustomer): Customer {
  const { externalId: _externalId, phones: _phones, name, email, address, tags, ...plain } = customer
  return {
    ...plain,
    ...nameColumns(seal, name),
    ...emailColumns(kernel, seal, email),
    ...addressColumns(seal, address),
    customerId: customer.id,
    version: 1,
    tags: [...tags],
    extra: {},
    archivedAt: null,
  }
}

/** One number in two writings is one number of that customer; what is no number is told apart by nothing. */
function phoneRows(kernel: Kernel, seal: Seal, { id, phones }: NewCustomer, systemId: string): CustomerPhone[] {
  const rows: CustomerPhone[] = []
  for (const [position, raw] of [...new Set(phones)].entries()) {
    const row = sealedPhoneRow(kernel, seal, id, raw, position, systemId)
    if (row.index === null || !rows.some(({ index }) => index === row.index)) rows.push(row)
  }
  return rows
}
