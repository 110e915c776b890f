import { randomUUID } from 'node:crypto'
import { type CustomerBook, loadCustomers } from '../../subgraphs/crm/index.js'
import type { TestHub } from './startHub.js'

type BookCustomer = CustomerBook['customers'][number]
type BookDeal = CustomerBook['deals'][number]
type BookFollowUp = CustomerBook['followUps'][number]

export interface GivenCustomer extends Partial<BookCustomer> {
  deals?: Partial<BookDeal>[]
  followUps?: Partial<BookFollowUp>[]
}

let made = 0

/** Customers as a CRM would bring them; what is left out is filled in. Returns their ids in the order given. */
export async function givenCustomers(hub: TestHub, ...given: GivenCustomer[]): Promise<string[]> {
  const at = hub.clock.now()
  const system = `crm-${randomUUID()}`
  const customers = given.map(({ deals: _deals, followUps: _followUps, ...one }) => customerLike(at, one))
  const deals = given.flatMap(({ deals = [] }, i) =>
    deals.map(deal => dealLike(at, { ...deal, customerId: customers[i]!.id })),
  )
  const followUps = given.flatMap(({ followUps: notes = [] }, i) =>
    notes.map(note =>
      followUpLike(at, { authorId: customers[i]!.ownerId ?? 'admin', ...note, customerId: customers[i]!.id }),
    ),
  )
  await loadCustomers(hub.kernel, system, { customers, deals, followUps })
  const { rows } = await hub.kernel
    .systemEm()
    .getConnection()
    .execute<{ rows: { customer_id: string; external_id: string }[] }>(
      'select external_id, customer_id from crm.external_id where system_id = ?',
      [system],
      'run',
    )
  const ids = new Map(rows.map(row => [row.external_id, row.customer_id]))
  return customers.map(({ id }) => ids.get(id)!)
}

function customerLike(at: Date, given: Partial<BookCustomer>): BookCustomer {
  made++
  return {
    id: `customer-${made}`,
    name: '张伟',
    phone: `139${String(made).padStart(8, '0')}`,
    otherPhones: [],
    email: null,
    address: null,
    company: null,
    stage: 'LEAD',
    stageLabel: '潜在',
    source: '官网',
    tags: [],
    doNotCall: false,
    ownerId: 'agent-north-1',
    createdAt: at,
    updatedAt: at,
    ...given,
  }
}

function dealLike(at: Date, given: Partial<BookDeal> & { customerId: string }): BookDeal {
  made++
  return {
    orderNo: `A${made}`,
    title: '年度服务',
    amount: '1000.00',
    cost: '600.00',
    currency: 'CNY',
    stage: 'OPEN',
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    ...given,
  }
}

function followUpLike(at: Date, given: Partial<BookFollowUp> & { customerId: string; authorId: string }): BookFollowUp {
  return { channel: 'PHONE', note: '约好下周再谈', createdAt: at, dueAt: null, doneAt: null, ...given }
}
