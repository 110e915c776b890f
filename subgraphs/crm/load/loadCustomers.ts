import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { writeRows } from '../../../kernel/orm/index.js'
import type { CustomerStage } from '../customer/customerStage.js'
import { Deal, type DealStage } from '../deal/deal.entity.js'
import type { Channel } from '../followUp/followUp.entity.js'
import { linkCalls } from './linkCalls.js'
import { FRESH, type NewCustomer, writeNewCustomers, writeNotes } from './newCustomers.js'

/** A CRM's customers with their deals and follow-ups, each under that CRM's own ids; values as they were written. */
export interface CustomerBook {
  customers: readonly {
    id: string
    name: string
    phone: string
    otherPhones: readonly string[]
    email: string | null
    address: string | null
    company: string | null
    stage: string
    stageLabel: string
    source: string
    tags: readonly string[]
    doNotCall: boolean
    ownerId: string | null
    createdAt: Date
    updatedAt: Date
  }[]
  deals: readonly {
    customerId: string
    orderNo: string
    title: string
    amount: string
    cost: string
    currency: string
    stage: string
    createdAt: Date
    updatedAt: Date
    closedAt: Date | null
  }[]
  followUps: readonly {
    customerId: string
    authorId: string
    channel: string
    note: string
    createdAt: Date
    dueAt: Date | null
    doneAt: Date | null
  }[]
}

/** Loads a book in one transaction. Returns false, and loads nothing, where that system's customers are there already. */
export async function loadCustomers(kernel: Kernel, systemId: string, book: CustomerBook): Promise<boolean> {
  const em = kernel.systemEm(systemId)
  return kernel.transact(em, async change => {
    const db = change.em.getKysely<unknown>()
    const { rows } = await sql`select 1 from crm.external_id where system_id = ${systemId} limit 1`.execute(db)
    if (rows.length > 0) return false
    const customers = await customersOf(kernel, book)
    const numbers = await writeNewCustomers(kernel, change, systemId, [...customers.values()])
    const owned = (externalId: string) => {
      const { id: customerId, ownerId, teamId } = customers.get(externalId)!
      return { customerId, ownerId, teamId }
    }
    const deals = book.deals.map(deal => ({
      ...deal,
      ...owned(deal.customerId),
      id: newId(kernel.clock),
      version: 1,
      systemId,
      stage: deal.stage as DealStage,
    }))
    await writeRows<Deal>(change.em, Deal, deals, FRESH)
    const notes = book.followUps.map(one => ({ ...one, ...owned(one.customerId), channel: one.channel as Channel }))
    await writeNotes(kernel, change, notes)
    await linkCalls(kernel, change.em, numbers)
    const detail = { customers: customers.size, deals: deals.length, followUps: notes.length }
    change.record({ kind: 'SYNC', action: 'Customer.loaded', subjectType: 'Customer', detail })
    return true
  })
}

async function customersOf(kernel: Kernel, book: CustomerBook): Promise<Map<string, NewCustomer>> {
  const em = kernel.systemEm()
  const teams = new Map<string, string | null>()
  for (const id of new Set(book.customers.flatMap(({ ownerId }) => ownerId ?? [])))
    teams.set(id, (await kernel.ports.people.personById(em, id))?.teamId ?? null)
  return new Map(
    book.customers.map(({ id: externalId, phone, otherPhones, ...customer }) => [
      externalId,
      {
        ...customer,
        id: newId(kernel.clock),
        externalId,
        phones: [phone, ...otherPhones],
        stage: customer.stage as CustomerStage,
        internalNote: null,
        teamId: customer.ownerId ? (teams.get(customer.ownerId) ?? null) : null,
      },
    ]),
  )
}
