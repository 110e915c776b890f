import type { CallFact } from '../../../../kernel/ports/index.js'
import { AFTERWARDS } from './afterwards.js'
import { isLost } from './isLost.js'
import { isOfWholeCall } from './isOfWholeCall.js'
import { legRecords } from './legRecords.js'

/** When the call was over; of one that was lost sight of, when something was last heard of it. */
export function endOf(facts: readonly CallFact[]): string | undefined {
  return seenEndOf(facts) ?? (facts.some(isLost) ? facts.findLast(fact => !isLost(fact))?.at : undefined)
}

/** When the call was over: by the system's word, by its record of the call, or because every leg that it had is over. */
export function seenEndOf(facts: readonly CallFact[]): string | undefined {
  const over = legsOver(facts)
  const ended = facts.findLast(fact => fact.kind === 'ENDED' && !isLost(fact))
  // Over with a leg: that leg's own end is the more exact time.
  if (ended) return (ended.legId !== undefined && over.get(ended.legId)) || ended.at
  const record = facts.findLast(fact => fact.kind === 'SUMMARY' && isOfWholeCall(fact))
  if (record) return record.at
  const whole = facts.some(({ kind }) => kind === 'LEG_STARTED')
  const open = facts.some(({ legId }) => legId !== undefined && !over.has(legId))
  return whole && !open ? facts.findLast(({ kind }) => kind === 'LEG_ENDED')?.at : recordedEndOf(facts)
}

/** A system writes the record of a leg while others go on: it ends a call only that nobody saw, or that was lost sight of. */
function recordedEndOf(facts: readonly CallFact[]): string | undefined {
  const seen = facts.some(fact => !AFTERWARDS.has(fact.kind) && !fact.coarse)
  return seen && !facts.some(isLost) ? undefined : legRecords(facts).at(-1)?.at
}

/** Why it ended: what is said of the whole call, else why its first leg was hung up. */
export function causeOf(facts: readonly CallFact[]): string | undefined {
  const said = facts.filter(({ cause }) => cause !== undefined)
  const first = facts.find(({ kind }) => kind === 'LEG_STARTED')?.legId
  const best =
    said.findLast(isOfWholeCall) ?? said.findLast(({ legId }) => first !== undefined && legId === first) ?? said.at(-1)
  return best?.cause
}

function legsOver(facts: readonly CallFact[]): Map<string, string> {
  const over = new Map<string, string>()
  for (const { kind, legId, at } of facts) if (kind === 'LEG_ENDED' && legId !== undefined) over.set(legId, at)
  return over
}
