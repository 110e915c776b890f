import type { CallFact, FactKind } from '../../../../kernel/ports/index.js'
import { isOfWholeCall } from './isOfWholeCall.js'

/** What is said about a call rather than in it may come at any time. */
const AFTERWARDS = new Set<FactKind>(['SUMMARY', 'RECORDING', 'CONSENT', 'FEEDBACK'])

/** When the call began: its earliest event, or what the system's record says where nothing else is known of it. */
export function startOf(facts: readonly CallFact[]): string {
  const first = facts.find(({ kind }) => !AFTERWARDS.has(kind))
  if (first && first.kind !== 'ENDED' && first.kind !== 'LEG_ENDED') return first.at
  const record = facts.find(fact => fact.kind === 'SUMMARY' && isOfWholeCall(fact) && fact.seconds !== undefined)
  const told = record && new Date(Date.parse(record.at) - record.seconds! * 1000).toISOString()
  const earliest = first?.at ?? facts[0]?.at ?? new Date(0).toISOString()
  return told !== undefined && told < earliest ? told : earliest
}
