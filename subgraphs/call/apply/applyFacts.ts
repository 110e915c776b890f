import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { column, rowsOf, writeRows } from '../../../kernel/orm/index.js'
import type { CallFact, CustomerRef } from '../../../kernel/ports/index.js'
import { Call } from '../call/call.entity.js'
import type { CallState } from '../call/callState.js'
import { CALL_TOPIC } from '../call/callTopic.js'
import { CallDirection, CallEventKind, CallStatus } from '../call/enums.js'
import { foldCall } from '../call/foldCall.js'
import { numberSubject } from '../call/numberSubject.js'
import { CALL_COLUMNS } from './callColumns.js'
import { type Desks, desksOf } from './desks.js'
import { factsOf, storeFacts } from './facts.js'
import { fillCall } from './fillCall.js'
import { historyAmong } from './history.js'
import { keepNumbers } from './keepNumbers.js'
import { type Milestone, milestonesOf } from './milestones.js'
import { type Offered, offersOf } from './offer.js'
import { type Party, partyOf } from './party.js'
import { settleCallbacks } from './settleCallbacks.js'

/** What happened longer ago than this when the hub learns of it is history: it changes the record and pops no screen. */
export const NEWS_MS = 60 * 60_000

/** What a batch says of one call, and what the hub finds out about it. */
export interface Incoming {
  systemId: string
  externalId: string
  state: CallState
  party: Party | null
  desks: Desks
  customers: CustomerRef[]
}

/** A call as the batch leaves it. */
interface Applied {
  call: Call
  incoming: Incoming
  isNew: boolean
  /** Its end was learnt in this batch. */
  ended: boolean
  /** It is over, and this batch said so or said it anew: when, with whom, or whether anybody answered. */
  endMoved: boolean
  /** It belongs to another customer than before, or to one at last. */
  relinked: boolean
  /** It rings at people whom it did not ring at before, or rings for another customer than was thought. */
  offered: boolean
  news: CallEventKind[]
}

/**
 * Folds facts into calls, within the transaction that marks them as read: rows, events, automatic grants and audit belong together. The
 * facts of one call may come in any order and in any number of batches. A batch is a handful of statements, whatever its size.
 */
export async function applyFacts(kernel: Kernel, change: Change, systemId: string, facts: CallFact[]): Promise<void> {
  if (facts.length === 0) return
  const { em, at } = change
  const kept = await keepNumbers(kernel, em, systemId, facts)
  const known = await knownCalls(em, systemId, [...new Set(facts.map(fact => fact.callId))])
  const past = await historyAmong(em, systemId, [...known.values()], at)
  const told = facts.filter(fact => !past.has(fact.callId))
  if (told.length === 0) return
  await storeFacts(kernel, em, systemId, told, at)
  const ids = [...new Set(told.map(fact => fact.callId))].sort()
  const batch = await understand(kernel, em, systemId, ids, kept)
  // At once: each key that is made by itself takes several ways to the database.
  await kernel.dataKeys.keysOf(batch.flatMap(incoming => subjectFor(incoming, known.get(incoming.externalId)) ?? []))
  const applied: Applied[] = []
  for (const incoming of batch)
    applied.push(await applyCall(kernel, at, incoming, known.get(incoming.externalId) ?? null))
  const calls = applied.map(({ call }) => call)
  await writeRows(em, Call, calls, { unique: ['systemId', 'externalId'], present: { replace: CALL_COLUMNS } })
  const ended = applied.filter(one => one.endMoved).map(({ call }) => call)
  await settleCallbacks(em, ended)
  await openAndClose(kernel, change, applied, ended)
  tell(change, applied)
}

/** Whose key the number of a call is going to be under, where it is not under it yet. */
function subjectFor({ party, customers }: Incoming, known: Call | undefined): string | null {
  if (!party?.index || known?.phoneCipher) return null
  return known?.customerId ?? (customers.length === 1 ? customers[0]!.id : numberSubject(party.index))
}

async function understand(
  kernel: Kernel,
  em: EntityManager,
  systemId: string,
  ids: string[],
  kept: ReadonlySet<string>,
): Promise<Incoming[]> {
  const said = await factsOf(kernel, em, systemId, ids)
  const states = ids.map(id => foldCall(said.get(id) ?? []))
  const parties = states.map(state => (state.direction === 'INTERNAL' ? null : partyOf(kernel, state.customerNumber)))
  const desks = await desksOf(kernel, em, states)
  const indexes = [...new Set(parties.flatMap(party => party?.index ?? []))]
  // What was said earlier may be understood anew, and then names another number.
  const more = indexes.filter(index => !kept.has(index))
  if (more.length > 0) await kernel.ports.customers.holdStill(em, more)
  const customers = indexes.length > 0 ? await kernel.ports.customers.byPhoneIndex(em, indexes) : new Map()
  return ids.map((externalId, i) => {
    const party = parties[i] ?? null
    return {
      systemId,
      externalId,
      state: states[i]!,
      party,
      desks,
      customers: (party?.index && customers.get(party.index)) || [],
    }
  })
}

async function applyCall(kernel: Kernel, at: Date, incoming: Incoming, known: Call | null): Promise<Applied> {
  const call = known ?? blankCall(kernel, at, incoming)
  const before = { ...call }
  await fillCall(kernel, call, incoming)
  call.version++
  call.updatedAt = at
  // A call that was given up goes on after all: its end is still to be told.
  if (before.endedAt !== null && call.endedAt === null) call.milestones = call.milestones.filter(key => key !== 'ENDED')
  const fresh = milestonesOf(incoming.state).filter(({ key }) => !call.milestones.includes(key))
  call.milestones = [...call.milestones, ...fresh.map(({ key }) => key)]
  // Somebody may still be looking at a call that was learnt of while it went on, however long ago it was last heard of.
  const wasLive = known !== null && !before.endedAt && isSoon(before.startedAt, before.createdAt)
  const isNews = (milestone: Milestone) =>
    at.getTime() - milestone.at < NEWS_MS || (wasLive && milestone.kind === CallEventKind.ENDED)
  const news = fresh.filter(isNews).map(({ kind }) => kind)
  const ended = before.endedAt === null && call.endedAt !== null
  const endMoved = call.endedAt !== null && (!known || END.some(property => differs(before[property], call[property])))
  const rang = incoming.state.offeredTo.some(offer => at.getTime() - Date.parse(offer.at) < NEWS_MS)
  const offered =
    news.includes(CallEventKind.RINGING) || (rang && OFFER.some(property => differs(before[property], call[property])))
  const relinked = known !== null && before.customerId !== call.customerId
  if (relinked && at.getTime() - call.startedAt.getTime() < NEWS_MS) news.push(CallEventKind.LINKED)
  return { call, incoming, isNew: !known, ended, endMoved, relinked, offered, news }
}

/** What the end of a call means for callbacks and grants depends on these. */
const END = ['endedAt', 'answeredAt', 'direction', 'phoneIndex'] as const
/** Whom an offered call opens depends on these. */
const OFFER = ['direction', 'customerId', 'candidateIds'] as const

/** Rows that are read past the ORM have their times as texts. */
const isSoon = (then: Date | string, later: Date | string): boolean =>
  new Date(later).getTime() - new Date(then).getTime() < NEWS_MS

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)

/** An inbound call that rings opens its customer to whom it rings at; when it is over, that comes to its end. */
async function openAndClose(
  kernel: Kernel,
  change: Change,
  applied: readonly Applied[],
  ended: readonly Call[],
): Promise<void> {
  const offers: Offered[] = []
  for (const { call, incoming, offered } of applied) {
    if (call.direction !== CallDirection.INBOUND || !offered) continue
    const { state, desks, customers } = incoming
    const agentIds = state.offeredTo.flatMap(({ extension }) => desks.agentAt(state, extension)?.id ?? [])
    if (agentIds.length > 0) offers.push({ call, agentIds, candidateIds: customers.map(({ id }) => id) })
  }
  if (offers.length > 0) await kernel.ports.automaticGrants.offered(change, await offersOf(kernel, change.em, offers))
  await kernel.ports.automaticGrants.ended(
    change,
    ended.map(({ id, endedAt }) => ({ callId: id, endedAt: endedAt! })),
  )
}

function tell(change: Change, applied: readonly Applied[]): void {
  for (const { call, isNew, ended, relinked, news } of applied) {
    const about = { kind: 'SYNC', subjectType: 'Call', subjectId: call.id, customerId: call.customerId } as const
    if (isNew) change.record({ ...about, action: 'Call.created' })
    if (relinked)
      change.record({ ...about, action: call.customerId ? 'Call.linked' : 'Call.unlinked', detail: { by: 'FACT' } })
    if (ended) change.record({ ...about, action: 'Call.ended' })
    for (const kind of news) change.emit(CALL_TOPIC, { callId: call.id, kind })
  }
}

async function knownCalls(em: EntityManager, systemId: string, externalIds: string[]): Promise<Map<string, Call>> {
  const col = (property: string) => column(em, Call, property)
  const calls = await rowsOf<Call>(em, Call)
    .where(sql<boolean>`${col('systemId')} = ${systemId} and ${col('externalId')} = any(${externalIds})`)
    // Held before its facts are read: who tells of the same call at this moment waits, and then reads these facts too.
    .orderBy(col('id'))
    .forUpdate()
    .execute()
  return new Map(calls.map(call => [call.externalId, call]))
}

function blankCall(kernel: Kernel, at: Date, { systemId, externalId, state }: Incoming): Call {
  return {
    id: newId(kernel.clock),
    version: 0,
    systemId,
    externalId,
    direction: CallDirection.INTERNAL,
    status: CallStatus.DIALING,
    outcome: null,
    hangupCause: null,
    customerId: null,
    linkedBy: null,
    ownerId: null,
    customerTeamId: null,
    candidateIds: [],
    agentId: null,
    teamId: null,
    phoneMasked: null,
    phoneCipher: null,
    phoneIndex: null,
    phoneKind: null,
    phoneRegion: null,
    phoneCarrier: null,
    queue: null,
    lineId: null,
    startedAt: new Date(state.startedAt),
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    ringSeconds: null,
    talkSeconds: null,
    durationSeconds: null,
    disposition: null,
    needsCallback: false,
    milestones: [],
    legs: [],
    feedback: [],
    said: [],
    recordingCipher: null,
    createdAt: at,
    updatedAt: at,
  }
}
