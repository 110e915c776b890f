import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { writeRows } from '../../../kernel/orm/index.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import { type Party, partyOf } from '../apply/party.js'
import { Call } from '../call/call.entity.js'
import { type CallDirection, type CallOutcome, CallStatus } from '../call/enums.js'
import { numberSubject } from '../call/numberSubject.js'

/** A call of the past, as a system's history tells it. Numbers as they were written. */
export interface HistoricCall {
  externalId: string
  direction: CallDirection
  outcome: CallOutcome
  /** The customer's number. */
  number: string
  agentId: string | null
  teamId: string | null
  queue: string | null
  lineId: string | null
  startedAt: Date
  ringingAt: Date | null
  answeredAt: Date | null
  endedAt: Date
  disposition: string | null
}

const BATCH = 2000

/** Loads history in bulk: no screen pops, nothing is pushed out, and what was loaded before is left as it is. Returns how many were new. */
export async function loadCalls(kernel: Kernel, systemId: string, calls: readonly HistoricCall[]): Promise<number> {
  let loaded = 0
  for (let start = 0; start < calls.length; start += BATCH)
    loaded += await loadBatch(kernel, systemId, calls.slice(start, start + BATCH))
  return loaded
}

async function loadBatch(kernel: Kernel, systemId: string, calls: readonly HistoricCall[]): Promise<number> {
  const parties = calls.map(({ number }) => partyOf(kernel, number))
  return kernel.transact(kernel.systemEm(systemId), async change => {
    const indexes = [...new Set(parties.flatMap(party => party?.index ?? []))]
    const customers = await kernel.ports.customers.byPhoneIndex(change.em, indexes)
    const rows = await Promise.all(
      calls.map(async (call, i) => {
        const party = parties[i] ?? null
        return rowOf(kernel, systemId, call, party, (party?.index && customers.get(party.index)) || [], change.at)
      }),
    )
    const inserted = await writeRows<Call>(change.em, Call, rows, {
      unique: ['systemId', 'externalId'],
      present: 'leave',
    })
    change.record({ kind: 'SYNC', action: 'Call.loaded', subjectType: 'Call', detail: { records: inserted.length } })
    return inserted.length
  })
}

async function rowOf(
  kernel: Kernel,
  systemId: string,
  past: HistoricCall,
  party: Party | null,
  customers: readonly CustomerRef[],
  at: Date,
): Promise<Call> {
  const id = newId(kernel.clock)
  const customer = customers.length === 1 ? customers[0]! : null
  const subject = customer?.id ?? numberSubject(party?.index ?? id)
  const { number: _number, ...facts } = past
  return {
    ...facts,
    id,
    version: 1,
    systemId,
    status: CallStatus.ENDED,
    hangupCause: null,
    customerId: customer?.id ?? null,
    linkedBy: customer ? 'NUMBER' : null,
    ownerId: customer?.ownerId ?? null,
    customerTeamId: customer?.teamId ?? null,
    candidateIds: customer ? [] : customers.map(({ id: candidate }) => candidate),
    phoneMasked: party?.masked ?? null,
    phoneCipher: party && (await kernel.dataKeys.encryptFor(subject, party.value)),
    phoneIndex: party?.index ?? null,
    phoneKind: party?.kind ?? null,
    phoneRegion: party?.region ?? null,
    phoneCarrier: party?.carrier ?? null,
    ringSeconds: seconds(past.ringingAt, past.answeredAt ?? past.endedAt),
    talkSeconds: seconds(past.answeredAt, past.endedAt) ?? 0,
    durationSeconds: seconds(past.startedAt, past.endedAt),
    needsCallback: false,
    milestones: ['DIALING', 'ENDED'],
    legs: [],
    feedback: [],
    said: [],
    recordingCipher: null,
    createdAt: at,
    updatedAt: at,
  }
}

const seconds = (from: Date | null, to: Date | null): number | null =>
  from && to ? Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000)) : null
