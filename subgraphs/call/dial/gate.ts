import { ConsentState } from '../../../kernel/consent.js'
import type { WallClock } from '../../../kernel/day.js'
import type { DialRules } from '../../../kernel/ports/index.js'

/** Why a call may not be placed. */
export type Refusal =
  | 'DO_NOT_CALL'
  | 'NO_CONSENT'
  | 'NOT_DIALABLE'
  | 'OUTSIDE_HOURS'
  | 'TOO_OFTEN'
  | 'IN_CALL'
  | 'AGENT_BUSY'
  | 'NO_EXTENSION'
  | 'NO_PHONE_SYSTEM'

/** What is known at the moment at which somebody wants to call. */
export interface Circumstances {
  /** Whether there is a number that leads to a person. */
  dialable: boolean
  /** Somebody whose telephone would ring wants no calls. */
  doNotCall: boolean
  /** What those whose telephone would ring said about being called; nothing of those who said nothing. */
  consents: readonly ConsentState[]
  /** Calls from here to this number or customer since midnight. */
  callsToday: number
  /** Somebody is talking with them, or rings them. */
  inCall: boolean
  /** The caller is in a call, or their phone rings. */
  agentBusy: boolean
  extension: string | null
  systemId: string | null
}

/**
 * Why this call may not be placed; null where it may. What concerns the customer comes first: whoever must not be called is not to be tried again
 * from a better phone.
 */
export function refusalOf(seen: Circumstances, rules: DialRules, now: WallClock): Refusal | null {
  if (seen.doNotCall) return 'DO_NOT_CALL'
  if (!hasConsent(seen.consents, rules)) return 'NO_CONSENT'
  if (!seen.dialable) return 'NOT_DIALABLE'
  if (!isOpen(rules, now)) return 'OUTSIDE_HOURS'
  if (seen.callsToday >= rules.perDay) return 'TOO_OFTEN'
  if (seen.inCall) return 'IN_CALL'
  if (seen.agentBusy) return 'AGENT_BUSY'
  if (seen.extension === null) return 'NO_EXTENSION'
  return seen.systemId === null ? 'NO_PHONE_SYSTEM' : null
}

function hasConsent(said: readonly ConsentState[], { consent }: DialRules): boolean {
  if (said.some(state => state === ConsentState.DECLINED || state === ConsentState.WITHDRAWN)) return false
  return consent === 'UNLESS_WITHDRAWN' || said.includes(ConsentState.GRANTED)
}

const isOpen = ({ hours, days }: DialRules, { weekday, minutes }: WallClock): boolean =>
  days.includes(weekday) && minutes >= hours.from && minutes < hours.to
