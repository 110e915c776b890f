import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { writeRows } from '../../../kernel/orm/index.js'
import type { CustomerRef, Loaded } from '../../../kernel/ports/index.js'
import { phoneIndexOf } from '../customer/phones.js'
import { Deal, DealStage } from '../deal/deal.entity.js'

/** A deal of some list: readable texts within the lengths of their columns. */
export interface DealRecord {
  orderNo: string
  /** The customer's id in the system the list is from. */
  customerId: string | null
  /** The customer's number, where the list has no ids. */
  phone: string | null
  title: string | null
  amount: string | null
  cost: string | null
  currency: string
  stage: DealStage | null
  createdAt: Date | null
  closedAt: Date | null
}

/** Loads deals in bulk, within the transaction of the batch; one whose order number is known stays as it is. With `dry` nothing is written. */
export async function loadDealBatch(
  kernel: Kernel,
  change: Change,
  systemId: string,
  records: readonly DealRecord[],
  dry = false,
): Promise<Loaded[]> {
  const known = await knownOrders(change, systemId, records)
  const customers = await customersOf(kernel, change, systemId, records, !dry)
  const deals: Deal[] = []
  const loaded = records.map((record): Loaded => {
    if (known.has(record.orderNo)) return { outcome: 'KNOWN', problems: [] }
    const found = customers(record)
    if (found.length !== 1) {
      const field = record.customerId === null ? 'phone' : 'customerId'
      const reason = found.length === 0 ? 'NO_CUSTOMER' : 'SEVERAL_CUSTOMERS'
      return { outcome: 'REJECTED', problems: [{ field, reason }] }
    }
    known.add(record.orderNo)
    deals.push(dealRow(kernel, change, systemId, record, found[0]!))
    return { outcome: 'CREATED', problems: [] }
  })
  if (!dry) await writeRows<Deal>(change.em, Deal, deals, { present: 'leave' })
  return loaded
}

async function knownOrders({ em }: Change, systemId: string, records: readonly DealRecord[]): Promise<Set<string>> {
  const { rows } = await sql<{ orderNo: string }>`
    select order_no as "orderNo" from crm.deal
    where coalesce(system_id, '') = ${systemId} and order_no = any(${records.map(({ orderNo }) => orderNo)}::text[])`.execute(
    em.getKysely<unknown>(),
  )
  return new Set(rows.map(({ orderNo }) => orderNo))
}

/** Whose the deals are, held until the transaction ends, so that no deal is left behind with the owner before. */
async function customersOf(
  kernel: Kernel,
  { em }: Change,
  systemId: string,
  records: readonly DealRecord[],
  hold: boolean,
): Promise<(record: DealRecord) => CustomerRef[]> {
  const db = em.getKysely<unknown>()
  const { rows } = await sql<{ externalId: string; id: string }>`
    select external_id as "externalId", customer_id as id from crm.external_id
    where system_id = ${systemId} and external_id = any(${records.flatMap(({ customerId }) => customerId ?? [])}::text[])`.execute(
    db,
  )
  const byExternalId = new Map(rows.map(({ externalId, id }) => [externalId, id]))
  const indexOf = (phone: string | null) => (phone === null ? null : phoneIndexOf(kernel, phone))
  const byPhone = await kernel.ports.customers.byPhoneIndex(em, [
    ...new Set(records.flatMap(({ phone }) => indexOf(phone) ?? [])),
  ])
  const ids = [...new Set([...byExternalId.values(), ...[...byPhone.values()].flat().map(({ id }) => id)])]
  const { rows: held } = await sql<CustomerRef>`
    select id, owner_id as "ownerId", team_id as "teamId" from crm.customer
    where id = any(${ids}::uuid[]) order by id ${hold ? sql`for no key update` : sql``}`.execute(db)
  const byId = new Map(held.map(customer => [customer.id, customer]))
  return ({ customerId, phone }) => {
    if (customerId !== null) return [byId.get(byExternalId.get(customerId) ?? '') ?? []].flat()
    return (byPhone.get(indexOf(phone) ?? '') ?? []).flatMap(({ id }) => byId.get(id) ?? [])
  }
}

function dealRow(
  kernel: Kernel,
  { at }: Change,
  systemId: string,
  { customerId: _customerId, phone: _phone, ...record }: DealRecord,
  { id: customerId, ownerId, teamId }: CustomerRef,
): Deal {
  const stage = record.stage ?? (record.closedAt ? DealStage.WON : DealStage.OPEN)
  const createdAt = record.createdAt ?? record.closedAt ?? at
  const closedAt = stage === DealStage.OPEN ? null : (record.closedAt ?? createdAt)
  return {
    ...record,
    id: newId(kernel.clock),
    version: 1,
    customerId,
    ownerId,
    teamId,
    systemId,
    stage,
    createdAt,
    closedAt,
    updatedAt: closedAt && closedAt > createdAt ? closedAt : createdAt,
  }
}
