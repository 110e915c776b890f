import type { CallFact, FactKind, Outcome } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'
import type { CallState, LegState } from './callState.js'

/** Order of facts that share a moment, so that the fold does not depend on how they came. */
const RANK: FactKind[] = [
  'LEG_STARTED',
  'DIALING',
  'QUEUED',
  'RINGING',
  'ANSWERED',
  'CONNECTED',
  'HELD',
  'RESUMED',
  'TRANSFERRED',
  'RECORDING',
  'CONSENT',
  'LEG_ENDED',
  'ENDED',
  'SUMMARY',
  'FEEDBACK',
]

/**
 * What the facts of one call amount to. Pure; the facts are a set: their order, repeats and lateness do not matter.
 */
export function foldCall(facts: readonly CallFact[]): CallState {
  const sorted = inOrder(facts)
  const first = <T>(pick: (fact: CallFact) => T | undefined, from: readonly CallFact[] = sorted): T | undefined => {
    for (const fact of from) {
      const value = pick(fact)
      if (value !== undefined) return value
    }
    return undefined
  }
  const of = (...kinds: FactKind[]) => sorted.filter(fact => kinds.includes(fact.kind))
  const startedAt = sorted[0]?.at ?? new Date(0).toISOString()
  const direction = first(fact => fact.direction) ?? 'INTERNAL'
  const connected =
    of('CONNECTED')[0] ??
    (direction === 'OUTBOUND' ? undefined : of('ANSWERED').find(fact => fact.extension !== undefined))
  const answered = connected ?? of('ANSWERED').find(fact => direction !== 'INBOUND' || fact.extension !== undefined)
  const offeredTo = offers(of('RINGING'))
  const endedAt = endOf(sorted)
  const held = heldSince(of('HELD', 'RESUMED'))
  const queuedAt = of('QUEUED')[0]?.at
  const ringingAt = of('RINGING')[0]?.at
  const customer = first(fact => (direction === 'INBOUND' ? fact.from : fact.to))
  const state: CallState = {
    direction,
    status: endedAt
      ? 'ENDED'
      : answered
        ? held
          ? 'HELD'
          : 'ANSWERED'
        : ringingAt
          ? 'RINGING'
          : queuedAt
            ? 'QUEUED'
            : 'DIALING',
    outcome: endedAt ? outcomeOf(sorted, answered !== undefined, queuedAt !== undefined) : undefined,
    hangupCause: endedAt ? first(fact => fact.cause, [...sorted].reverse()) : undefined,
    customerNumber: direction === 'INTERNAL' ? undefined : customer,
    lineId: first(fact => fact.line),
    queue: first(fact => fact.queue, [...sorted].reverse()),
    agentExtension: answered?.extension ?? offeredTo.at(-1)?.extension ?? first(fact => fact.extension),
    offeredTo,
    startedAt,
    queuedAt,
    ringingAt,
    answeredAt: answered?.at,
    heldAt: held,
    endedAt,
    legs: legsOf(sorted),
    recording: first(fact => fact.recording),
    consent: consentOf(of('CONSENT')),
    feedback: of('FEEDBACK').map(({ by = 'AGENT', rating, note, at }) => ({ by, rating, note, at })),
  }
  return {
    ...state,
    ...durations(
      state,
      first(fact => (fact.kind === 'SUMMARY' ? fact.talkSeconds : undefined)),
    ),
  }
}

function inOrder(facts: readonly CallFact[]): CallFact[] {
  const once = [...new Map(facts.map(fact => [fact.key, fact])).values()]
  return once.sort(
    (a, b) =>
      Date.parse(a.at) - Date.parse(b.at) || RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || (a.key < b.key ? -1 : 1),
  )
}

function offers(rings: readonly CallFact[]): CallState['offeredTo'] {
  const offered = new Map<string, string>()
  for (const { extension, at } of rings)
    if (extension !== undefined && !offered.has(extension)) offered.set(extension, at)
  return [...offered].map(([extension, at]) => ({ extension, at }))
}

/** The system's word that the call is over, or else that every leg it had is. */
function endOf(facts: readonly CallFact[]): string | undefined {
  const ended = facts.filter(({ kind }) => kind === 'ENDED' || kind === 'SUMMARY')
  if (ended.length > 0) return ended.filter(({ kind }) => kind === 'ENDED').at(-1)?.at ?? ended.at(-1)!.at
  const open = new Set(facts.filter(({ kind }) => kind === 'LEG_STARTED').map(({ legId }) => legId))
  const over = facts.filter(({ kind }) => kind === 'LEG_ENDED')
  for (const { legId } of over) open.delete(legId)
  return open.size === 0 ? over.at(-1)?.at : undefined
}

function outcomeOf(facts: readonly CallFact[], answered: boolean, queued: boolean): Outcome {
  if (answered) return 'ANSWERED'
  const said = facts.filter(fact => fact.outcome !== undefined && fact.outcome !== 'ANSWERED').at(-1)?.outcome
  return said ?? (queued ? 'ABANDONED' : 'NO_ANSWER')
}

function heldSince(facts: readonly CallFact[]): string | undefined {
  const last = facts.at(-1)
  return last?.kind === 'HELD' ? last.at : undefined
}

function consentOf(facts: readonly CallFact[]): CallState['consent'] {
  const last = facts.at(-1)
  return last?.consent === undefined ? undefined : { state: last.consent, kind: last.consentKind, at: last.at }
}

function legsOf(facts: readonly CallFact[]): LegState[] {
  const legs = new Map<string, LegState>()
  for (const fact of facts) {
    if (fact.legId === undefined) continue
    const leg = remember<string, LegState>(legs, fact.legId, () => ({ id: fact.legId! }))
    leg.extension ??= fact.extension
    if (fact.kind === 'LEG_STARTED') {
      leg.startedAt ??= fact.at
      leg.number ??= fact.direction === 'OUTBOUND' ? fact.to : fact.from
    }
    if (fact.kind === 'ANSWERED' || fact.kind === 'CONNECTED') leg.answeredAt ??= fact.at
    if (fact.kind === 'LEG_ENDED') leg.endedAt = fact.at
    if (fact.kind === 'TRANSFERRED') leg.transferredTo ??= fact.toLegId
  }
  return [...legs.values()]
}

function durations(
  state: CallState,
  talked: number | undefined,
): Pick<CallState, 'ringSeconds' | 'talkSeconds' | 'durationSeconds'> {
  const { startedAt, ringingAt, answeredAt, endedAt } = state
  return {
    ringSeconds: seconds(ringingAt, answeredAt ?? endedAt),
    talkSeconds: endedAt ? (answeredAt ? (talked ?? seconds(answeredAt, endedAt)) : 0) : undefined,
    durationSeconds: seconds(startedAt, endedAt),
  }
}

const seconds = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined
    ? undefined
    : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
