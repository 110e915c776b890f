import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { type Seal, sealUnder } from '../../../kernel/encryption/index.js'
import { newId } from '../../../kernel/id.js'
import { inParts } from '../../../kernel/inParts.js'
import { writeRows } from '../../../kernel/orm/index.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import { type Party, partyOf } from '../apply/party.js'
import { Call } from '../call/call.entity.js'
import { type CallDirection, type CallOutcome, CallStatus, FeedbackSource } from '../call/enums.js'
import { durations } from '../call/fold/durations.js'
import { numberSubject } from '../call/numberSubject.js'

/** A call of the past, as a system's history tells it. Numbers as they were written. */
export interface HistoricCall {
  externalId: string
  direction: CallDirection
  outcome: CallOutcome
  /** The customer's number; null of a call between colleagues. */
  number: string | null
  agentId: string | null
  teamId: string | null
  queue: string | null
  lineId: string | null
  startedAt: Date
  ringingAt: Date | null
  answeredAt: Date | null
  endedAt: Date
  disposition: string | null
  hangupCause?: string | null
  /** Where the system keeps it. */
  recording?: string | null
  /** What the customer gave. */
  rating?: number | null
  /** What the agent wrote. */
  note?: string | null
}

/** Rows of one statement: the next are encrypted while the database takes these. */
const PART = 250

/** What is known of a call before its row is made. */
interface Told {
  id: string
  past: HistoricCall
  party: Party | null
  customers: readonly CustomerRef[]
}

/** Which of these calls are there already. */
export async function knownCalls(
  { em }: Change,
  systemId: string,
  calls: readonly { externalId: string }[],
): Promise<Set<string>> {
  const { rows } = await sql<{ externalId: string }>`
    select external_id as "externalId" from call.call
    where system_id = ${systemId} and external_id = any(${calls.map(({ externalId }) => externalId)}::text[])`.execute(
    em.getKysely<unknown>(),
  )
  return new Set(rows.map(({ externalId }) => externalId))
}

/**
 * Writes calls of the past that are not there yet: no screen pops, nobody is granted anything, nobody is to be called back. A handful of
 * statements, whatever their number. One of which the system tells the hub at this very moment breaks the transaction; the next try knows it.
 */
export async function writeCalls(
  kernel: Kernel,
  change: Change,
  systemId: string,
  calls: readonly HistoricCall[],
): Promise<void> {
  const { em } = change
  const parties = calls.map(({ number }) => partyOf(kernel, number ?? undefined))
  const indexes = [...new Set(parties.flatMap(party => party?.index ?? []))]
  // Else a customer who gets one of these numbers at this moment would be passed by, and pass these calls by.
  if (indexes.length > 0) await kernel.ports.customers.holdNumbers(em)
  await kernel.ports.customers.holdStill(em, [])
  const customers = await kernel.ports.customers.byPhoneIndex(em, indexes)
  const told = calls.map((past, i): Told => {
    const party = parties[i] ?? null
    return { id: newId(kernel.clock), past, party, customers: (party?.index && customers.get(party.index)) || [] }
  })
  const keys = await kernel.dataKeys.keysOf(told.filter(isPersonal).map(subjectOf))
  const make = (part: readonly Told[]) =>
    part.map(one => {
      const key = keys.get(subjectOf(one))
      return rowOf(systemId, one, key ? sealUnder(key) : null, change.at)
    })
  await inParts(told, PART, make, rows => writeRows<Call>(em, Call, rows, { present: 'never' }))
}

const customerOf = ({ customers }: Told): CustomerRef | null => (customers.length === 1 ? customers[0]! : null)

const isPersonal = ({ party, past }: Told): boolean => party !== null || Boolean(past.recording)

const subjectOf = (told: Told): string => customerOf(told)?.id ?? numberSubject(told.party?.index ?? told.id)

function rowOf(systemId: string, told: Told, seal: Seal | null, at: Date): Call {
  const { id, past, party, customers } = told
  const { number: _number, recording, rating, note, ...facts } = past
  const customer = customerOf(told)
  const iso = (date: Date | null) => date?.toISOString()
  const spans = {
    startedAt: past.startedAt.toISOString(),
    ringingAt: iso(past.ringingAt),
    answeredAt: iso(past.answeredAt),
    endedAt: past.endedAt.toISOString(),
  }
  const { ringSeconds, talkSeconds, durationSeconds } = durations(spans, undefined)
  return {
    ...facts,
    id,
    version: 1,
    systemId,
    status: CallStatus.ENDED,
    hangupCause: past.hangupCause ?? null,
    customerId: customer?.id ?? null,
    linkedBy: customer ? 'NUMBER' : null,
    ownerId: customer?.ownerId ?? null,
    customerTeamId: customer?.teamId ?? null,
    candidateIds: customer ? [] : customers.map(({ id: candidate }) => candidate),
    phoneMasked: party?.masked ?? null,
    phoneCipher: party && seal!(party.value),
    phoneIndex: party?.index ?? null,
    phoneKind: party?.kind ?? null,
    phoneRegion: party?.region ?? null,
    phoneCarrier: party?.carrier ?? null,
    ringSeconds: ringSeconds ?? null,
    talkSeconds: talkSeconds ?? 0,
    durationSeconds: durationSeconds ?? null,
    needsCallback: false,
    milestones: ['DIALING', 'ENDED'],
    legs: [],
    feedback: [
      ...(rating == null ? [] : [{ source: FeedbackSource.CUSTOMER, rating, note: null, at: spans.endedAt }]),
      ...(note ? [{ source: FeedbackSource.AGENT, rating: null, note, at: spans.endedAt }] : []),
    ],
    said: [],
    recordingCipher: recording ? seal!(recording) : null,
    createdAt: at,
    updatedAt: at,
  }
}
