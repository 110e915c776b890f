import type { CallFact } from '../../../../kernel/ports/index.js'
import { AFTERWARDS } from './afterwards.js'
import { isOfWholeCall } from './isOfWholeCall.js'
import { legRecords, startOfRecord } from './legRecords.js'

/** When the call began: its earliest event, or what the system's record says where nothing else is known of it. */
export function startOf(facts: readonly CallFact[]): string {
  const seen = seenStartOf(facts)
  const earlier = legRecords(facts).map(startOfRecord).sort()[0]
  // Of the same second, what was seen is more exact.
  return earlier !== undefined && Date.parse(seen) - Date.parse(earlier) >= 1000 ? earlier : seen
}

function seenStartOf(facts: readonly CallFact[]): string {
  const first = facts.find(({ kind }) => !AFTERWARDS.has(kind))
  if (first && first.kind !== 'ENDED' && first.kind !== 'LEG_ENDED') return first.at
  const record = facts.find(fact => fact.kind === 'SUMMARY' && isOfWholeCall(fact) && fact.seconds !== undefined)
  const told = record && new Date(Date.parse(record.at) - record.seconds! * 1000).toISOString()
  const earliest = first?.at ?? facts[0]?.at ?? new Date(0).toISOString()
  return told !== undefined && told < earliest ? told : earliest
}
