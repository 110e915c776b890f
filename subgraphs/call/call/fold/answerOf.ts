import type { CallFact, Direction } from '../../../../kernel/ports/index.js'
import { isOfWholeCall } from './isOfWholeCall.js'
import { answerOfRecord, legRecords } from './legRecords.js'

/** When a person answered, and at which extension. */
export interface Answer {
  at: string
  extension?: string
}

/**
 * Who answered, of facts in the order of time. A queue picks up by itself and its members may be put off, so that there only being
 * connected counts, where the system tells. A call that the PBX places rings its own agent first, which answers nothing yet.
 */
export function answerOf(facts: readonly CallFact[], direction: Direction, queued: boolean): Answer | undefined {
  const answer = firstAnswer(facts, direction, queued)
  return answer && { at: answer.at, extension: answer.extension ?? extensionOf(facts, answer.legId) }
}

function firstAnswer(
  facts: readonly CallFact[],
  direction: Direction,
  queued: boolean,
): (Answer & { legId?: string }) | undefined {
  const connected = facts.filter(({ kind }) => kind === 'CONNECTED')
  const picked = facts.filter(({ kind }) => kind === 'ANSWERED')
  const talked = connected.find(person) ?? connected[0]
  if (direction === 'OUTBOUND') return talked ?? picked.find(byFarSide) ?? told(facts)
  const own = direction === 'INTERNAL' ? callerOf(facts) : undefined
  const others = picked.filter(fact => !own || !isPickedBy(own, fact))
  const answered = others.find(person)
  const seen = queued ? (talked ?? answered) : earlier(answered, talked)
  return seen ?? (direction === 'INTERNAL' ? others[0] : undefined) ?? told(facts)
}

const person = (fact: CallFact): boolean => fact.extension !== undefined

/** Not the agent's own phone, where the system tells legs apart. */
const byFarSide = (fact: CallFact): boolean => !person(fact) || fact.legId === undefined

/** Whose phone began the call; undefined where it came from outside. */
const callerOf = (facts: readonly CallFact[]): CallFact | undefined =>
  facts.find(({ kind, extension }) => kind === 'LEG_STARTED' && extension !== undefined)

const isPickedBy = (caller: CallFact, picked: CallFact): boolean =>
  caller.extension === picked.extension && caller.legId === picked.legId

function earlier(a: CallFact | undefined, b: CallFact | undefined): CallFact | undefined {
  if (!a || !b) return a ?? b
  return b.at < a.at ? b : a
}

/** A log of queues names the leg that answered, not whose phone it is. */
const extensionOf = (facts: readonly CallFact[], leg: string | undefined): string | undefined =>
  leg === undefined
    ? undefined
    : facts.find(({ legId, extension, kind }) => legId === leg && extension !== undefined && kind !== 'SUMMARY')
        ?.extension

/** A system may tell of a call only when it is over. */
function told(facts: readonly CallFact[]): Answer | undefined {
  const record = facts.find(fact => fact.kind === 'SUMMARY' && isOfWholeCall(fact) && fact.outcome === 'ANSWERED')
  if (record?.talkSeconds === undefined) return recorded(facts)
  const at = new Date(Date.parse(record.at) - record.talkSeconds * 1000).toISOString()
  return { at, extension: record.extension }
}

/** Nothing but the records of its legs is left of the call. */
function recorded(facts: readonly CallFact[]): Answer | undefined {
  const record = legRecords(facts).find(({ outcome, extension }) => outcome === 'ANSWERED' && extension !== undefined)
  return record && { at: answerOfRecord(record), extension: record.extension }
}
