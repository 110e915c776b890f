import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import type { CallFact, CustomerRef } from '../../../kernel/ports/index.js'
import { Call } from '../call/call.entity.js'
import type { CallState } from '../call/callState.js'
import { CALL_TOPIC } from '../call/callTopic.js'
import { CallDirection } from '../call/enums.js'
import { foldCall } from '../call/foldCall.js'
import { type Desks, desksOf } from './desks.js'
import { factsOf, storeFacts } from './facts.js'
import { fillCall } from './fillCall.js'
import { milestonesOf } from './milestones.js'
import { offerOf } from './offer.js'
import { type Party, partyOf } from './party.js'

/** What happened longer ago than this when the hub learns of it is history: it changes the record and pops no screen. */
const NEWS_MS = 60 * 60_000

/**
 * Folds facts into calls, within the transaction that marks them as read: rows, events, automatic grants and audit belong together. The
 * facts of one call may come in any order and in any number of batches.
 */
export async function applyFacts(kernel: Kernel, change: Change, systemId: string, facts: CallFact[]): Promise<void> {
  if (facts.length === 0) return
  await storeFacts(kernel, change.em, systemId, facts, change.at)
  const ids = [...new Set(facts.map(fact => fact.callId))].sort()
  const known = await knownCalls(change.em, systemId, ids)
  const said = await factsOf(kernel, change.em, systemId, ids)
  const folded = ids.map(id => ({ externalId: id, state: foldCall(said.get(id) ?? []), call: known.get(id) ?? null }))
  const parties = new Map(folded.map(({ externalId, state }) => [externalId, outsideParty(kernel, state)]))
  const desks = await desksOf(
    kernel,
    change.em,
    folded.map(({ state }) => state),
  )
  const customers = await customersOf(kernel, change.em, parties)
  for (const { externalId, state, call } of folded) {
    const party = parties.get(externalId) ?? null
    await applyCall(
      kernel,
      change,
      { systemId, externalId, state, party, desks, customers: customersFor(party, customers) },
      call,
    )
  }
}

export interface Incoming {
  systemId: string
  externalId: string
  state: CallState
  party: Party | null
  desks: Desks
  customers: CustomerRef[]
}

async function applyCall(kernel: Kernel, change: Change, incoming: Incoming, known: Call | null): Promise<void> {
  const { em, at } = change
  const call = known ?? blankCall(kernel, change, incoming)
  const wasEnded = known?.endedAt != null
  await fillCall(kernel, call, incoming)
  if (!known) em.persist(call)
  call.updatedAt = at
  const fresh = milestonesOf(incoming.state).filter(({ key }) => !call.milestones.includes(key))
  call.milestones = [...call.milestones, ...fresh.map(({ key }) => key)]
  const news = fresh.filter(milestone => at.getTime() - milestone.at < NEWS_MS)
  if (!known || (!wasEnded && call.endedAt)) {
    change.record({
      kind: 'SYNC',
      action: known ? 'Call.ended' : 'Call.created',
      subjectType: 'Call',
      subjectId: call.id,
      customerId: call.customerId,
    })
  }
  if (news.some(({ kind }) => kind === 'RINGING')) await offer(kernel, change, call, incoming)
  if (!wasEnded && call.endedAt) {
    await kernel.ports.automaticGrants.ended(change, call.id, call.endedAt)
    await settleCallbacks(em, call)
  }
  for (const { kind } of news) change.emit(CALL_TOPIC, { callId: call.id, kind })
}

/** An inbound call that rings opens its customer to whom it rings at. */
async function offer(kernel: Kernel, change: Change, call: Call, { state, desks, customers }: Incoming): Promise<void> {
  if (call.direction !== CallDirection.INBOUND) return
  const agents = state.offeredTo.flatMap(({ extension }) => desks.agentAt(state, extension)?.id ?? [])
  if (agents.length === 0) return
  const candidates = customers.map(({ id }) => id)
  await kernel.ports.automaticGrants.offered(change, await offerOf(kernel, change.em, call, agents, candidates))
}

function blankCall(kernel: Kernel, { em, at }: Change, { systemId, externalId }: Incoming): Call {
  const call = em.create(Call, {} as never, { partial: true, persistOnCreate: false } as never) as Call
  return Object.assign(call, {
    id: newId(kernel.clock),
    systemId,
    externalId,
    customerId: null,
    linkedBy: null,
    ownerId: null,
    customerTeamId: null,
    candidateIds: [],
    needsCallback: false,
    milestones: [],
    legs: [],
    feedback: [],
    disposition: null,
    createdAt: at,
    updatedAt: at,
  })
}

async function knownCalls(em: EntityManager, systemId: string, externalIds: string[]): Promise<Map<string, Call>> {
  const calls = await em.find(Call, { systemId, externalId: { $in: externalIds } })
  return new Map(calls.map(call => [call.externalId, call]))
}

const outsideParty = (kernel: Kernel, state: CallState): Party | null =>
  state.direction === 'INTERNAL' ? null : partyOf(kernel, state.customerNumber)

async function customersOf(
  kernel: Kernel,
  em: EntityManager,
  parties: Map<string, Party | null>,
): Promise<Map<string, CustomerRef[]>> {
  const indexes = [...new Set([...parties.values()].flatMap(party => party?.index ?? []))]
  return indexes.length > 0 ? kernel.ports.customers.byPhoneIndex(em, indexes) : new Map()
}

const customersFor = (party: Party | null, found: Map<string, CustomerRef[]>): CustomerRef[] =>
  party?.index ? (found.get(party.index) ?? []) : []

/**
 * A missed inbound call asks for a callback until somebody talks with that number; a call that reached it settles those before it.
 */
async function settleCallbacks(em: EntityManager, call: Call): Promise<void> {
  if (!call.phoneIndex) return
  await em.flush()
  const db = em.getKysely<unknown>()
  if (call.answeredAt) {
    await sql`
      update call.call set needs_callback = false
      where phone_index = ${call.phoneIndex} and needs_callback and started_at <= ${call.startedAt}`.execute(db)
  } else if (call.direction === 'INBOUND') {
    await sql`
      update call.call set needs_callback = not exists (
        select from call.call later
        where later.phone_index = ${call.phoneIndex} and later.answered_at is not null and later.started_at >= ${call.startedAt})
      where id = ${call.id}`.execute(db)
  }
}
