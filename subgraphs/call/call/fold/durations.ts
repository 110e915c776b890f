import type { CallState } from '../callState.js'

/**
 * Whole seconds that passed, as telephone systems count them: 6.5 seconds are 6. `talked` is what the system itself says of the talk; it may
 * leave out what the hub cannot see.
 */
export function durations(
  { startedAt, ringingAt, answeredAt, endedAt }: Pick<CallState, 'startedAt' | 'ringingAt' | 'answeredAt' | 'endedAt'>,
  talked: number | undefined,
): Pick<CallState, 'ringSeconds' | 'talkSeconds' | 'durationSeconds'> {
  const talk = answeredAt === undefined ? 0 : (talked ?? seconds(answeredAt, endedAt))
  return {
    ringSeconds: seconds(ringingAt, answeredAt ?? endedAt),
    talkSeconds: endedAt === undefined ? undefined : talk,
    durationSeconds: seconds(startedAt, endedAt),
  }
}

function seconds(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000))
}
