import type { CallFact, Direction, FactKind } from '../../../kernel/ports/index.js'
import type { CallState } from './callState.js'
import { type Answer, answerOf } from './fold/answerOf.js'
import { durations } from './fold/durations.js'
import { causeOf, endOf } from './fold/endOf.js'
import { inOrder } from './fold/inOrder.js'
import { isOfWholeCall } from './fold/isOfWholeCall.js'
import { legStates } from './fold/legStates.js'
import { outcomeOf } from './fold/outcomeOf.js'
import { ringsOf } from './fold/ringsOf.js'
import { startOf } from './fold/startOf.js'

/**
 * What the facts of one call amount to. Pure; the facts are a set: their order, repeats and lateness do not matter.
 */
export function foldCall(given: readonly CallFact[]): CallState {
  const facts = believed(inOrder(given))
  const placed = facts.find(fact => fact.placed)
  const of = (...kinds: FactKind[]) => facts.filter(({ kind }) => kinds.includes(kind))
  const direction = (placed ?? facts.find(fact => fact.direction !== undefined))?.direction ?? 'INTERNAL'
  const queuedAt = of('QUEUED')[0]?.at
  const answer = answerOf(facts, direction, queuedAt !== undefined)
  const rings = ringsOf(facts)
  const offeredTo = offers(rings)
  const ringingAt = ringOf(rings, direction)?.at
  const startedAt = startOf(facts)
  const endedAt = endOf(facts)
  const heldAt = heldSince(of('HELD', 'RESUMED'))
  const record = facts.find(fact => fact.kind === 'SUMMARY' && isOfWholeCall(fact) && fact.talkSeconds !== undefined)
  const times = { startedAt, queuedAt, ringingAt, answeredAt: answer?.at, heldAt, endedAt }
  return {
    ...times,
    direction,
    status: statusOf(times),
    ...(endedAt !== undefined && {
      outcome: outcomeOf(facts, { answer, direction, queued: queuedAt !== undefined }),
      hangupCause: causeOf(facts),
    }),
    customerNumber: placed?.to ?? customerNumber(facts, direction),
    lineId: facts.find(fact => fact.line !== undefined)?.line,
    queue: facts.findLast(fact => fact.queue !== undefined)?.queue,
    agentExtension: agentOf(facts, answer, offeredTo),
    offeredTo,
    legs: legStates(facts),
    recording: facts.find(fact => fact.recording !== undefined)?.recording,
    consent: consentOf(of('CONSENT')),
    feedback: of('FEEDBACK').map(({ by = 'AGENT', rating, note, at }) => ({ by, rating, note, at })),
    ...durations(times, record?.talkSeconds),
  }
}

/** The hub gives up a call that it could not place; where the phone system tells of the call after all, that was wrong. */
function believed(facts: CallFact[]): CallFact[] {
  return facts.some(({ placed }) => !placed) ? facts.filter(({ placed, kind }) => !(placed && kind === 'ENDED')) : facts
}

/** A2. What tells the direction knows the number as the outside world does; a phone's own dialling may have a prefix, or be a speed dial. */
function customerNumber(facts: readonly CallFact[], direction: Direction): string | undefined {
  if (direction === 'INTERNAL') return undefined
  const number = direction === 'INBOUND' ? 'from' : 'to'
  const sure = facts.find(fact => fact.direction === direction && fact[number] !== undefined)
  return (sure ?? facts.find(fact => fact[number] !== undefined))?.[number]
}

/** When we call somebody, their phone is the one that rings; that of our own agent may ring before. */
const ringOf = (rings: readonly CallFact[], direction: Direction): CallFact | undefined =>
  (direction === 'OUTBOUND' ? rings.find(({ extension }) => extension === undefined) : undefined) ?? rings[0]

function offers(rings: readonly CallFact[]): CallState['offeredTo'] {
  const offered = new Map<string, string>()
  for (const { extension, at } of rings)
    if (extension !== undefined && !offered.has(extension)) offered.set(extension, at)
  return [...offered].map(([extension, at]) => ({ extension, at }))
}

const agentOf = (
  facts: readonly CallFact[],
  answer: Answer | undefined,
  offeredTo: CallState['offeredTo'],
): string | undefined =>
  answer?.extension ?? offeredTo.at(-1)?.extension ?? facts.find(({ extension }) => extension !== undefined)?.extension

type Times = Pick<CallState, 'queuedAt' | 'ringingAt' | 'answeredAt' | 'heldAt' | 'endedAt'>

function statusOf({ queuedAt, ringingAt, answeredAt, heldAt, endedAt }: Times): CallState['status'] {
  if (endedAt) return 'ENDED'
  if (answeredAt) return heldAt ? 'HELD' : 'ANSWERED'
  if (ringingAt) return 'RINGING'
  return queuedAt ? 'QUEUED' : 'DIALING'
}

function heldSince(facts: readonly CallFact[]): string | undefined {
  const last = facts.at(-1)
  return last?.kind === 'HELD' ? last.at : undefined
}

/** A later word wins. One that only repeats what was said before it changes nothing, not even since when. */
function consentOf(said: readonly CallFact[]): CallState['consent'] {
  const last = said.at(-1)
  if (last?.consent === undefined) return undefined
  const other = said.findLastIndex(
    ({ consent, consentKind }) => consent !== last.consent || consentKind !== last.consentKind,
  )
  return { state: last.consent, kind: last.consentKind, at: said[other + 1]!.at }
}
