import type { CallFact, Direction, Outcome } from '../../../../kernel/ports/index.js'
import type { Answer } from './answerOf.js'
import { seenEndOf } from './endOf.js'
import { isOfWholeCall } from './isOfWholeCall.js'

/** How a call ended that is over. What was seen to happen counts first, then what is said of the whole call, then the last attempt. */
export function outcomeOf(
  facts: readonly CallFact[],
  { answer, direction, queued }: { answer: Answer | undefined; direction: Direction; queued: boolean },
): Outcome {
  if (answer) return direction === 'INBOUND' && isElsewhere(facts, answer) ? 'FORWARDED' : 'ANSWERED'
  if (seenEndOf(facts) === undefined) return 'LOST'
  const said = facts.filter(({ outcome }) => outcome !== undefined && outcome !== 'LOST')
  const whole = said.findLast(isOfWholeCall)?.outcome
  if (whole !== undefined) return whole
  if (said.some(({ outcome }) => outcome === 'ABANDONED')) return 'ABANDONED'
  const attempt = lastAttempt(said.filter(({ kind }) => kind !== 'SUMMARY'))
  // The caller let go of it while it rang.
  if (attempt === 'CANCELLED' && direction === 'INBOUND') return 'ABANDONED'
  if (attempt !== undefined) return attempt
  if (queued) return 'ABANDONED'
  return said.findLast(({ outcome }) => outcome !== 'ANSWERED')?.outcome ?? 'NO_ANSWER'
}

/** A phone passed the call on to a number outside, and nobody of ours talked. */
const isElsewhere = (facts: readonly CallFact[], { extension }: Answer): boolean =>
  extension === undefined && facts.some(({ outcome }) => outcome === 'FORWARDED')

/** A PBX that stops ringing a phone says both that nobody answered and that it gave up: the former is why. */
function lastAttempt(said: readonly CallFact[]): Outcome | undefined {
  const last = said.findLast(({ outcome }) => outcome !== 'ANSWERED')
  if (last?.outcome !== 'CANCELLED') return last?.outcome
  const rangOut = said.some(({ legId, outcome }) => legId === last.legId && outcome === 'NO_ANSWER')
  return rangOut ? 'NO_ANSWER' : 'CANCELLED'
}
