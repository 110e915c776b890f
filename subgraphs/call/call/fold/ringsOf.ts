import type { CallFact, Outcome } from '../../../../kernel/ports/index.js'
import { remember } from '../../../../kernel/remember.js'

/** A phone that was let go of had been ringing; one that ended otherwise had refused. */
const LET_GO = new Set<Outcome | undefined>([undefined, 'ANSWERED', 'NO_ANSWER', 'ABANDONED', 'CANCELLED'])

/**
 * Where and when it rang, of facts in the order of time. Records of a call know nothing of ringing: a leg that was called and then picked up, or
 * let go of, rang since it was called. It may have begun a moment later, or the phone may have been out of reach; nobody wrote that down.
 */
export function ringsOf(facts: readonly CallFact[]): CallFact[] {
  const rings = facts.filter(({ kind }) => kind === 'RINGING')
  const legs = new Map<string, CallFact[]>()
  for (const fact of facts)
    if (fact.legId !== undefined && fact.kind !== 'SUMMARY') remember(legs, fact.legId, () => []).push(fact)
  const more = [...legs.values()].flatMap(unseenRing)
  return more.length === 0 ? rings : [...rings, ...more].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function unseenRing(leg: readonly CallFact[]): CallFact[] {
  const is = (kind: CallFact['kind']) => leg.some(fact => fact.kind === kind)
  const began = leg.find(({ kind }) => kind === 'LEG_STARTED' || kind === 'DIALING')
  const extension = leg.find(fact => fact.extension !== undefined)?.extension
  if (!began || is('RINGING') || !leg.some(({ coarse }) => coarse)) return []
  // A phone that rings because the system called it first has nobody who dials it.
  const called = is('DIALING') || (extension !== undefined && is('ANSWERED'))
  const over = leg.filter(({ kind }) => kind === 'LEG_ENDED')
  const rang = is('ANSWERED') || (over.length > 0 && over.every(({ outcome }) => LET_GO.has(outcome)))
  return called && rang ? [{ ...began, kind: 'RINGING', extension }] : []
}
