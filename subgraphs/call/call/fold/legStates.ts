import type { CallFact } from '../../../../kernel/ports/index.js'
import { remember } from '../../../../kernel/remember.js'
import type { LegState } from '../callState.js'

/** The legs, in the order in which they appear, of facts in the order of time. */
export function legStates(facts: readonly CallFact[]): LegState[] {
  const legs = new Map<string, LegState>()
  for (const fact of facts) {
    if (fact.legId === undefined) continue
    const leg = remember<string, LegState>(legs, fact.legId, () => ({ id: fact.legId! }))
    // A record of a leg names the one at its other end.
    if (fact.kind !== 'SUMMARY' || !fact.coarse) leg.extension ??= fact.extension
    if (fact.kind === 'LEG_STARTED' || fact.kind === 'DIALING') {
      leg.startedAt ??= fact.at
      leg.number ??= fact.kind === 'DIALING' || fact.direction === 'OUTBOUND' ? fact.to : fact.from
    }
    if (fact.kind === 'ANSWERED' || fact.kind === 'CONNECTED') leg.answeredAt ??= fact.at
    if (fact.kind === 'LEG_ENDED') leg.endedAt = fact.at
    // Records name the number that was dialled only once it answers, or is given up.
    if (fact.kind === 'ANSWERED' || fact.kind === 'LEG_ENDED') leg.number ??= fact.to
  }
  for (const fact of facts) {
    if (fact.kind !== 'TRANSFERRED' || fact.legId === undefined) continue
    const leg = legs.get(fact.legId)!
    leg.transferredTo ??= fact.toLegId ?? successor([...legs.values()], fact)?.id
  }
  return [...legs.values()]
}

/** A PBX that transfers blindly names only the number it dials next: the leg that came into being for it takes over. */
function successor(legs: readonly LegState[], { legId, at, to }: CallFact): LegState | undefined {
  const later = legs.filter(({ id, startedAt }) => id !== legId && startedAt !== undefined && startedAt >= at)
  return later.find(({ extension, number }) => to !== undefined && (extension === to || number === to)) ?? later[0]
}
