import type { CallFact, FactKind } from '../../../../kernel/ports/index.js'
import { exact } from './exact.js'

const KINDS: FactKind[] = [
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
const RANK = Object.fromEntries(KINDS.map((kind, rank) => [kind, rank])) as Record<FactKind, number>

/** Each fact once, in the order of time; those that share a moment in an order of their own, so that it does not matter how they came. */
export function inOrder(facts: readonly CallFact[]): CallFact[] {
  const once = new Map<string, CallFact>()
  for (const fact of facts) once.set(fact.key, fact)
  return exact([...once.values()]).sort(byTime)
}

/** Times are all written alike (UTC, milliseconds), so that texts compare as times do. */
const byTime = (a: CallFact, b: CallFact): number =>
  compare(a.at, b.at) || RANK[a.kind] - RANK[b.kind] || isFirst(b) - isFirst(a) || compare(a.key, b.key)

/** The leg that gave the call its id was there first. */
const isFirst = ({ legId, callId }: CallFact): number => (legId === callId ? 1 : 0)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
