import type { CallFact, FactKind } from '../../../../kernel/ports/index.js'
import { remember } from '../../../../kernel/remember.js'
import { AFTERWARDS } from './afterwards.js'
import { isLost } from './isLost.js'

/** What a leg does once only, so that whoever tells of it means the same moment, however far apart the times are. */
const ONCE = new Set<FactKind>(['LEG_STARTED', 'DIALING', 'RINGING', 'ANSWERED', 'LEG_ENDED', 'ENDED'])
/** What happens several times is the same within this: records are cut to the second, and written a moment apart. */
const NEAR_MS = 2000
const SECOND_MS = 1000

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
    for (const fact of own) remember(known, meaning(fact.kind, fact), () => []).push(fact)
    const first = level === 2 ? earliest(timed) : undefined
    timed.push(...own.map(fact => notBefore(fact, first)))
  }
  return [...timed, ...facts.filter(isLost)]
}

/** 0: an event. 1: a record with milliseconds. 2: one in whole seconds. */
const roughness = ({ coarse, at }: CallFact): number => (coarse ? (at.endsWith('.000Z') ? 2 : 1) : 0)

const meaning = (kind: FactKind, { legId, extension }: CallFact): string =>
  JSON.stringify([kind, legId ?? null, legId === undefined ? (extension ?? null) : null])

/** `known` is what is known more exactly, by what it means. */
function retimed(fact: CallFact, known: ReadonlyMap<string, readonly CallFact[]>): CallFact {
  const same = nearest(known.get(meaning(fact.kind, fact)) ?? [], fact)
  if (same && (ONCE.has(fact.kind) || distance(same, fact) <= NEAR_MS)) return { ...fact, at: same.at }
  // Of the second in which a leg picked up and was connected, the pick-up came first.
  if (fact.kind !== 'CONNECTED' || roughness(fact) < 2) return fact
  const pickedUp = nearest(known.get(meaning('ANSWERED', fact)) ?? [], fact)
  return pickedUp ? notBefore(fact, pickedUp.at) : fact
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
