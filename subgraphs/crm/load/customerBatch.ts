import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { sealUnder } from '../../../kernel/encryption/index.js'
import { newId } from '../../../kernel/id.js'
import { writeRows } from '../../../kernel/orm/index.js'
import { normalisePhone } from '../../../kernel/phone/index.js'
import type { CustomerRef, Loaded, LoadProblem } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'
import { CustomerPhone } from '../customer/customerPhone.entity.js'
import { CustomerStage } from '../customer/customerStage.js'
import { phoneIndexOf, phoneRows, sealedPhoneRow } from '../customer/phones.js'
import { Channel } from '../followUp/followUp.entity.js'
import { linkCalls } from './linkCalls.js'
import { type Holder, type Known, matchCustomer, settleMatch } from './matchCustomer.js'
import { FRESH, type NewCustomer, type Note, writeExternalIds, writeNewCustomers, writeNotes } from './newCustomers.js'
import { ownersOf } from './owners.js'

/** A customer of some list: readable texts within the lengths of their columns; numbers as they were written. */
export interface CustomerRecord {
  /** Their id in the system the list is from. */
  externalId: string | null
  name: string | null
  phones: readonly string[]
  email: string | null
  address: string | null
  company: string | null
  stage: CustomerStage | null
  stageLabel: string | null
  source: string | null
  tags: readonly string[]
  doNotCall: boolean
  /** Id or name of a person. */
  owner: string | null
  /** A remark, which becomes a follow-up that is done. */
  note: string | null
  internalNote: string | null
  createdAt: Date | null
  updatedAt: Date | null
}

interface Linked {
  id: string
  externalId: string | null
  phones: readonly string[]
}

/**
 * Loads customers in bulk, within the transaction of the batch. Who was loaded before is left as they are; who is known by number is linked, and
 * gets numbers they did not have, and nothing of them is overwritten. With `dry` nothing is written.
 */
export async function loadCustomerBatch(
  kernel: Kernel,
  change: Change,
  systemId: string,
  records: readonly CustomerRecord[],
  dry = false,
): Promise<Loaded[]> {
  const { em } = change
  // Owners before numbers, as everybody does who needs both.
  const owners = await ownersOf(
    kernel,
    em,
    records.flatMap(({ owner }) => owner ?? []),
    !dry,
  )
  if (!dry) await kernel.ports.customers.holdNumbers(em)
  const mobiles = records.map(({ phones }) => mobilesOf(kernel, phones))
  const known = await knownOf(kernel, change, systemId, records, mobiles)
  const fresh: NewCustomer[] = []
  const notes: Note[] = []
  const linked: Linked[] = []
  const loaded = records.map((record, i): Loaded => {
    const identity = { externalId: record.externalId, mobiles: mobiles[i]! }
    const match = matchCustomer(identity, known)
    if (match.kind === 'REJECT') return { outcome: 'REJECTED', problems: [match.problem] }
    if (match.kind === 'KNOWN') return { outcome: 'KNOWN', problems: [] }
    if (match.kind === 'LINK') {
      settleMatch(known, identity, match.id)
      linked.push({ id: match.id, externalId: record.externalId, phones: record.phones })
      return { outcome: 'LINKED', problems: [] }
    }
    const problems: LoadProblem[] = []
    const { id: ownerId, teamId } = owners(record.owner, problems)
    const id = newId(kernel.clock)
    settleMatch(known, identity, id)
    fresh.push(newCustomer(change, record, { id, ownerId, teamId }))
    if (record.note) notes.push(noteOf(change, record, { id, ownerId, teamId }))
    return { outcome: 'CREATED', problems, shared: match.shared }
  })
  if (dry) return loaded
  const given = await writeNewCustomers(kernel, change, systemId, fresh)
  await writeNotes(kernel, change, notes)
  const added = await link(kernel, change, systemId, linked)
  await linkCalls(kernel, em, [...given, ...added])
  return loaded
}

function mobilesOf(kernel: Kernel, phones: readonly string[]): string[] {
  const mobiles = phones.filter(raw => normalisePhone(raw).kind === 'MOBILE')
  return [...new Set(mobiles.flatMap(raw => phoneIndexOf(kernel, raw) ?? []))]
}

async function knownOf(
  kernel: Kernel,
  { em }: Change,
  systemId: string,
  records: readonly CustomerRecord[],
  mobiles: readonly string[][],
): Promise<Known> {
  const db = em.getKysely<unknown>()
  const ids = [...new Set(records.flatMap(({ externalId }) => externalId ?? []))]
  const { rows: loaded } = await sql<{ externalId: string; id: string }>`
    select external_id as "externalId", customer_id as id from crm.external_id
    where system_id = ${systemId} and external_id = any(${ids}::text[])`.execute(db)
  const found = await kernel.ports.customers.byPhoneIndex(em, [...new Set(mobiles.flat())])
  const candidates = [...new Set([...found.values()].flat().map(({ id }) => id))]
  const { rows: named } = await sql<{ id: string }>`
    select customer_id as id from crm.external_id
    where customer_id = any(${candidates}::uuid[]) and system_id = ${systemId}`.execute(db)
  const isNamed = new Set(named.map(({ id }) => id))
  const holders = new Map(candidates.map(id => [id, { id, isNamed: isNamed.has(id) }]))
  const holdersOf = (refs: readonly CustomerRef[]): Holder[] => refs.map(({ id }) => holders.get(id)!)
  return {
    byExternalId: new Map(loaded.map(({ externalId, id }) => [externalId, id])),
    holders: new Map([...found].map(([index, refs]) => [index, holdersOf(refs)])),
  }
}

function newCustomer(
  { at }: Change,
  { owner: _owner, note: _note, ...record }: CustomerRecord,
  owned: { id: string; ownerId: string | null; teamId: string | null },
): NewCustomer {
  const createdAt = record.createdAt ?? record.updatedAt ?? at
  return {
    ...record,
    ...owned,
    stage: record.stage ?? CustomerStage.LEAD,
    createdAt,
    updatedAt: record.updatedAt ?? createdAt,
  }
}

function noteOf(
  { at }: Change,
  { note, createdAt, updatedAt }: CustomerRecord,
  { id, ownerId, teamId }: { id: string; ownerId: string | null; teamId: string | null },
): Note {
  const written = updatedAt ?? createdAt ?? at
  const done = { dueAt: null, createdAt: written, doneAt: written }
  return { ...done, customerId: id, ownerId, teamId, authorId: null, channel: Channel.OTHER, note: note! }
}

/** Ties records to customers who are there already, and gives these the numbers they did not have: returns the indexes of those. */
async function link(kernel: Kernel, change: Change, systemId: string, linked: readonly Linked[]): Promise<string[]> {
  if (linked.length === 0) return []
  const { em } = change
  await writeExternalIds(change, systemId, linked)
  const ids = linked.map(({ id }) => id)
  const keys = await kernel.dataKeys.keysOf(ids)
  const present = new Map<string, CustomerPhone[]>()
  for (const row of await phoneRows(em, ids)) remember(present, row.customerId, () => []).push(row)
  const added: CustomerPhone[] = []
  for (const { id, phones } of linked) {
    const rows = remember(present, id, () => [])
    for (const raw of phones) {
      const last = Math.max(-1, ...rows.map(({ position }) => position))
      const row = sealedPhoneRow(kernel, sealUnder(keys.get(id)!), id, raw, last + 1, systemId)
      if (row.index === null || rows.some(({ index }) => index === row.index)) continue
      rows.push(row)
      added.push(row)
    }
  }
  await writeRows<CustomerPhone>(em, CustomerPhone, added, FRESH)
  return added.flatMap(({ index }) => index ?? [])
}
