import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { type Party, partyOf } from '../apply/party.js'
import type { CallDirection, CallOutcome } from '../call/enums.js'
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
        const matches = party?.index ? (customers.get(party.index) ?? []) : []
        return rowOf(
          kernel,
          call,
          party,
          matches.length === 1 ? matches[0]! : null,
          matches.map(({ id }) => id),
        )
      }),
    )
    const { rows: inserted } = await sql<{ id: string }>`
      insert into call.call (
        id, system_id, external_id, direction, status, outcome, customer_id, linked_by, owner_id, customer_team_id, candidate_ids,
        agent_id, team_id, phone_masked, phone_cipher, phone_index, phone_kind, phone_region, phone_carrier, queue, line_id,
        started_at, ringing_at, answered_at, ended_at, ring_seconds, talk_seconds, duration_seconds, disposition,
        milestones, created_at, updated_at)
      select r.id, ${systemId}, r.external_id, r.direction, 'ENDED', r.outcome, r.customer_id, r.linked_by, r.owner_id, r.customer_team_id,
        r.candidate_ids, r.agent_id, r.team_id, r.phone_masked, decode(r.phone_cipher, 'base64'), r.phone_index, r.phone_kind,
        r.phone_region, r.phone_carrier, r.queue, r.line_id, r.started_at, r.ringing_at, r.answered_at, r.ended_at,
        r.ring_seconds, r.talk_seconds, r.duration_seconds, r.disposition, '{DIALING,ENDED}', ${change.at}, ${change.at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        id uuid, external_id text, direction text, outcome text, customer_id uuid, linked_by text, owner_id text, customer_team_id text,
        candidate_ids uuid[], agent_id text, team_id text, phone_masked text, phone_cipher text, phone_index text, phone_kind text,
        phone_region text, phone_carrier text, queue text, line_id text, started_at timestamptz, ringing_at timestamptz,
        answered_at timestamptz, ended_at timestamptz, ring_seconds int, talk_seconds int, duration_seconds int, disposition text)
      on conflict (system_id, external_id) do nothing
      returning id`.execute(change.em.getKysely<unknown>())
    change.record({ kind: 'SYNC', action: 'Call.loaded', subjectType: 'Call', detail: { records: inserted.length } })
    return inserted.length
  })
}

async function rowOf(
  kernel: Kernel,
  call: HistoricCall,
  party: Party | null,
  customer: { id: string; ownerId: string | null; teamId: string | null } | null,
  candidateIds: string[],
) {
  const id = newId(kernel.clock)
  const subject = customer?.id ?? numberSubject(party?.index ?? id)
  const cipher = party && (await kernel.dataKeys.encryptFor(subject, party.value))
  const seconds = (from: Date | null, to: Date | null) =>
    from && to ? Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000)) : null
  return {
    id,
    external_id: call.externalId,
    direction: call.direction,
    outcome: call.outcome,
    customer_id: customer?.id ?? null,
    linked_by: customer ? 'NUMBER' : null,
    owner_id: customer?.ownerId ?? null,
    customer_team_id: customer?.teamId ?? null,
    candidate_ids: customer ? [] : candidateIds,
    agent_id: call.agentId,
    team_id: call.teamId,
    phone_masked: party?.masked ?? null,
    phone_cipher: cipher?.toString('base64') ?? null,
    phone_index: party?.index ?? null,
    phone_kind: party?.kind ?? null,
    phone_region: party?.region ?? null,
    phone_carrier: party?.carrier ?? null,
    queue: call.queue,
    line_id: call.lineId,
    started_at: call.startedAt,
    ringing_at: call.ringingAt,
    answered_at: call.answeredAt,
    ended_at: call.endedAt,
    ring_seconds: seconds(call.ringingAt, call.answeredAt ?? call.endedAt),
    talk_seconds: seconds(call.answeredAt, call.endedAt) ?? 0,
    duration_seconds: seconds(call.startedAt, call.endedAt),
    disposition: call.disposition,
  }
}
