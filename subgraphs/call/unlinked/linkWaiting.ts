import { sql } from 'kysely'
import { type AuditRecord, writeAudit } from '../../../kernel/audit/auditRecord.js'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import { NEWS_MS } from '../apply/applyFacts.js'
import { offersOf } from '../apply/offer.js'
import type { Call } from '../call/call.entity.js'
import { CALL_TOPIC } from '../call/callTopic.js'
import { CallDirection, CallStatus } from '../call/enums.js'
import { type Numbered, setCustomers } from '../call/setCustomer.js'

/** Calls of one statement: a number may have been waited for by tens of thousands of them. */
const BATCH = 500
const INDEXES = 5000

type Waiting = Numbered & Pick<Call, 'direction' | 'status' | 'agentId' | 'startedAt' | 'endedAt'>

/**
 * These numbers belong to customers now: calls that waited unlinked are linked where one customer only has their number, else they get their
 * candidates. In batches, so that their number does not matter. Each link is audited; subscribers are told of calls that go on or just went on, not
 * of history, and a call that still rings opens its customer to whom it rings at.
 */
export async function linkWaiting(kernel: Kernel, change: Change, phoneIndexes: readonly string[]): Promise<void> {
  for (let from = 0; from < phoneIndexes.length; from += INDEXES) {
    const some = phoneIndexes.slice(from, from + INDEXES)
    const customers = await kernel.ports.customers.byPhoneIndex(change.em, some)
    let calls = await waitingCalls(change, some, null)
    while (calls.length > 0) {
      await linkBatch(kernel, change, calls, customers)
      calls = await waitingCalls(change, some, calls.at(-1)!.id)
    }
  }
}

async function waitingCalls({ em }: Change, indexes: readonly string[], after: string | null): Promise<Waiting[]> {
  // Found by their numbers first: a plan that walked through all calls by id would take for ever where few of very many wait.
  const { rows } = await sql<Waiting>`
    with waiting as materialized (
      select id from call.call
      where phone_index = any(${[...indexes]}::text[]) and customer_id is null and direction <> ${CallDirection.INTERNAL}
        and (${after}::uuid is null or id > ${after}::uuid))
    select id, customer_id as "customerId", direction, status, agent_id as "agentId", phone_index as "phoneIndex",
      phone_cipher as "phoneCipher", recording_cipher as "recordingCipher", legs, started_at as "startedAt", ended_at as "endedAt"
    from call.call where id in (select id from waiting order by id limit ${BATCH}) and customer_id is null
    order by id for no key update`.execute(em.getKysely<unknown>())
  const date = (at: unknown) => (at === null ? null : new Date(at as string))
  return rows.map(row => ({ ...row, startedAt: date(row.startedAt)!, endedAt: date(row.endedAt) }))
}

async function linkBatch(
  kernel: Kernel,
  change: Change,
  calls: readonly Waiting[],
  customers: ReadonlyMap<string, CustomerRef[]>,
): Promise<void> {
  const { em, at } = change
  const holders = ({ phoneIndex }: Waiting) => customers.get(phoneIndex!) ?? []
  const linked = calls.filter(call => holders(call).length === 1).map(call => ({ call, customer: holders(call)[0]! }))
  // Read at once, so that moving the numbers of many calls asks for no key one by one.
  await kernel.dataKeys.keysOf([...new Set(linked.map(({ customer }) => customer.id))])
  await setCustomers(kernel, linked)
  await writeLinks(change, linked)
  await writeCandidates(
    change,
    calls.filter(call => holders(call).length !== 1).map(call => ({ id: call.id, of: holders(call) })),
  )
  const records = linked.map(
    ({ call, customer }): AuditRecord => ({
      kind: 'SYNC',
      action: 'Call.linked',
      subjectType: 'Call',
      subjectId: call.id,
      customerId: customer.id,
      detail: { by: 'NUMBER' },
    }),
  )
  await writeAudit(em, at, records)
  await tell(kernel, change, linked)
}

interface Linked {
  call: Waiting
  customer: CustomerRef
}

async function tell(kernel: Kernel, change: Change, linked: readonly Linked[]): Promise<void> {
  const { em, at } = change
  const news = linked.filter(
    ({ call }) => call.status !== CallStatus.ENDED || at.getTime() - call.startedAt.getTime() < NEWS_MS,
  )
  const offered = news
    .filter(({ call }) => call.direction === CallDirection.INBOUND && call.agentId !== null)
    .map(({ call, customer }) => ({
      call: { ...call, customerId: customer.id } as Call,
      agentIds: [call.agentId!],
      candidateIds: [],
    }))
  if (offered.length > 0) await kernel.ports.automaticGrants.offered(change, await offersOf(kernel, em, offered))
  for (const { call } of news) change.emit(CALL_TOPIC, { callId: call.id, kind: 'LINKED' })
}

async function writeLinks({ em, at }: Change, linked: readonly Linked[]): Promise<void> {
  if (linked.length === 0) return
  const base64 = (bytes: Buffer | null) => bytes?.toString('base64') ?? null
  const rows = linked.map(({ call, customer }) => ({
    id: call.id,
    customer_id: customer.id,
    owner_id: customer.ownerId,
    team_id: customer.teamId,
    phone: base64(call.phoneCipher),
    recording: base64(call.recordingCipher),
    legs: call.legs,
  }))
  await sql`
    update call.call c set customer_id = l.customer_id, owner_id = l.owner_id, customer_team_id = l.team_id, linked_by = 'NUMBER',
      candidate_ids = '{}', phone_cipher = decode(l.phone, 'base64'), recording_cipher = decode(l.recording, 'base64'), legs = l.legs,
      version = c.version + 1, updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(
      id uuid, customer_id uuid, owner_id text, team_id text, phone text, recording text, legs jsonb)
    where c.id = l.id`.execute(em.getKysely<unknown>())
}

async function writeCandidates(
  { em, at }: Change,
  calls: readonly { id: string; of: readonly CustomerRef[] }[],
): Promise<void> {
  if (calls.length === 0) return
  const rows = calls.map(({ id, of }) => ({ id, candidates: of.map(customer => customer.id) }))
  await sql`
    update call.call c set candidate_ids = l.candidates, version = c.version + 1, updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(id uuid, candidates uuid[])
    where c.id = l.id and c.candidate_ids <> l.candidates`.execute(em.getKysely<unknown>())
}
