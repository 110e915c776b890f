import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import { blindIndex } from '../../../kernel/encryption/index.js'
import { newId } from '../../../kernel/id.js'
import { maskEmail, maskText } from '../../../kernel/mask/index.js'
import { writeRows } from '../../../kernel/orm/index.js'
import { cleanName } from '../customer/cleanName.js'
import { Customer } from '../customer/customer.entity.js'
import { CustomerPhone } from '../customer/customerPhone.entity.js'
import type { CustomerStage } from '../customer/customerStage.js'
import { phoneRow } from '../customer/phones.js'
import { Deal, type DealStage } from '../deal/deal.entity.js'
import { type Channel, FollowUp } from '../followUp/followUp.entity.js'

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
    const teams = await teamsOf(kernel, [...new Set(book.customers.flatMap(({ ownerId }) => ownerId ?? []))])
    const ids = new Map(book.customers.map(({ id }) => [id, newId(kernel.clock)]))
    const customers = await Promise.all(
      book.customers.map(customer => customerRow(kernel, ids.get(customer.id)!, customer, teams)),
    )
    const written = await Promise.all(
      book.customers.flatMap(({ id, phone, otherPhones }) =>
        [...new Set([phone, ...otherPhones])].map((raw, i) => phoneRow(kernel, ids.get(id)!, raw, i, systemId)),
      ),
    )
    const phones = onceEach(written)
    const owners = new Map(customers.map(({ id, ownerId, teamId }) => [id, { ownerId, teamId }]))
    const owned = (externalId: string) => {
      const customerId = ids.get(externalId)!
      return { id: newId(kernel.clock), version: 1, customerId, ...owners.get(customerId)! }
    }
    const deals = book.deals.map(({ customerId, ...deal }) => ({
      ...deal,
      ...owned(customerId),
      systemId,
      stage: deal.stage as DealStage,
    }))
    const followUps = book.followUps.map(({ customerId, ...followUp }) => ({
      ...followUp,
      ...owned(customerId),
      callId: null,
      channel: followUp.channel as Channel,
    }))
    const fresh = { unique: ['id'] as const, present: 'leave' as const }
    await writeRows<Customer>(change.em, Customer, customers, fresh)
    await writeRows<CustomerPhone>(change.em, CustomerPhone, phones, fresh)
    await writeRows<Deal>(change.em, Deal, deals, fresh)
    await writeRows<FollowUp>(change.em, FollowUp, followUps, fresh)
    await sql`
      insert into crm.external_id (system_id, external_id, customer_id)
      select ${systemId}, * from unnest(${[...ids.keys()]}::text[], ${[...ids.values()]}::uuid[])`.execute(db)
    await kernel.ports.follower.numbersKnown(change.em, [...new Set(phones.flatMap(({ index }) => index ?? []))])
    const detail = { customers: customers.length, deals: deals.length, followUps: followUps.length }
    change.record({ kind: 'SYNC', action: 'Customer.loaded', subjectType: 'Customer', detail })
    return true
  })
}

/** One number in two writings is one number of that customer; what is no number is told apart by nothing. */
function onceEach(phones: readonly CustomerPhone[]): CustomerPhone[] {
  const seen = new Set<string>()
  return phones.filter(({ customerId, index }) => {
    if (index === null) return true
    const key = `${customerId} ${index}`
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

async function teamsOf(kernel: Kernel, ownerIds: string[]): Promise<Map<string, string | null>> {
  const em = kernel.systemEm()
  const teams = new Map<string, string | null>()
  for (const id of ownerIds) teams.set(id, (await kernel.ports.people.personById(em, id))?.teamId ?? null)
  return teams
}

async function customerRow(
  kernel: Kernel,
  id: string,
  customer: CustomerBook['customers'][number],
  teams: Map<string, string | null>,
): Promise<Customer> {
  const { dataKeys, keys } = kernel
  const { company, stageLabel, source, tags, doNotCall, ownerId, createdAt, updatedAt, email, address } = customer
  const name = cleanName(customer.name)
  return {
    id,
    customerId: id,
    version: 1,
    name,
    nameSort: name ?? '',
    rawNameCipher: await dataKeys.encryptFor(id, customer.name),
    company,
    stage: customer.stage as CustomerStage,
    stageLabel,
    source,
    tags: [...tags],
    doNotCall,
    extra: {},
    internalNote: null,
    ownerId,
    teamId: ownerId ? (teams.get(ownerId) ?? null) : null,
    emailMasked: email && maskEmail(email),
    emailCipher: email ? await dataKeys.encryptFor(id, email) : null,
    emailIndex: email && blindIndex(keys, 'email', email.toLowerCase()),
    addressMasked: address && maskText(address),
    addressCipher: address ? await dataKeys.encryptFor(id, address) : null,
    createdAt,
    updatedAt,
    archivedAt: null,
  }
}
