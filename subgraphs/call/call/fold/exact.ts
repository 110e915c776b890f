import type { CallFact, FactKind } from '../../../../kernel/ports/index.js'
import { remember } from '../../../../kernel/remember.js'
import { AFTERWARDS } from './afterwards.js'
import { isLost } from './isLost.js'

/** What a leg does once only, so that whoever tells of it means the same moment, however far apart the times are. */
const ONCE = new Set<FactKind>(['LEG_STARTED', 'DIALING', 'RINGING', 'ANSWERED', 'LEG_ENDED', 'ENDED'])
/** What happens several times is the same within this: records are cut to the second, and written a moment apart. */
const NEAR_MS = 2000
const SECOND_MS = 1000
/** Of two things in one second that is known no better, this one came before. */
const BEFORE = new Map<FactKind, FactKind>([
  ['RINGING', 'DIALING'],
  ['CONNECTED', 'ANSWERED'],
])

/**
 * A record of a call tells its times less exactly than events do. It keeps what it says, but takes the time from whatever says the same more
 * exactly, so that it adds what nobody saw and moves nothing that somebody did. The order of the facts does not matter.
 */
export function exact(facts: readonly CallFact[]): CallFact[] {
  if (!facts.some(({ coarse }) => coarse)) return [...facts]
  const known = new Map<string, CallFact[]>()
  const timed: CallFact[] = []
  for (const level of [0, 1, 2]) {
    const own = facts.filter(fact => roughness(fact) === level && !isLost(fact)).map(fact => retimed(fact, known))
    for (const fact of own)
      for (const about of [ofLeg(fact.kind, fact), ofPerson(fact.kind, fact)])
        remember(known, about, () => []).push(fact)
    const first = level === 2 ? earliest(timed) : undefined
    timed.push(...own.map(fact => notBefore(fact, first)))
  }
  return [...timed, ...facts.filter(isLost)]
}

/** 0: an event. 1: a record with milliseconds. 2: one in whole seconds. */
const roughness = ({ coarse, at }: CallFact): number => (coarse ? (at.endsWith('.000Z') ? 2 : 1) : 0)

const ofLeg = (kind: FactKind, { legId }: CallFact): string => JSON.stringify([kind, 'leg', legId])
const ofPerson = (kind: FactKind, { extension }: CallFact): string => JSON.stringify([kind, 'person', extension])

/** `known` is what is known more exactly, by kind and leg and by kind and person: some records do not name the leg. */
function retimed(fact: CallFact, known: ReadonlyMap<string, readonly CallFact[]>): CallFact {
  const { kind, legId } = fact
  const alike = (one: FactKind) =>
    nearest(known.get(legId === undefined ? ofPerson(one, fact) : ofLeg(one, fact)) ?? [], fact)
  const same = alike(kind)
  const isSame = same && ((legId !== undefined && ONCE.has(kind)) || distance(same, fact) <= NEAR_MS)
  if (isSame) return { ...fact, at: same.at }
  const before = BEFORE.get(kind)
  return before && roughness(fact) === 2 ? notBefore(fact, alike(before)?.at) : fact
}

function nearest(facts: readonly CallFact[], to: CallFact): CallFact | undefined {
  return [...facts].sort((a, b) => distance(a, to) - distance(b, to) || (a.at < b.at ? -1 : 1))[0]
}

const distance = (a: CallFact, b: CallFact): number => Math.abs(Date.parse(a.at) - Date.parse(b.at))

const earliest = (facts: readonly CallFact[]): string | undefined =>
  facts
    .filter(({ kind }) => !AFTERWARDS.has(kind))
    .map(({ at }) => at)
    .sort()[0]

/** A whole second stands for any moment in it; where something else came first in that second, for none before that. */
function notBefore(fact: CallFact, first: string | undefined): CallFact {
  if (first === undefined || fact.at >= first || AFTERWARDS.has(fact.kind)) return fact
  return Date.parse(first) - Date.parse(fact.at) < SECOND_MS ? { ...fact, at: first } : fact
}
