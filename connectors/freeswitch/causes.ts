import type { Outcome } from '../../kernel/ports/index.js'

/** How an attempt to reach somebody ended, by the name of the hang-up cause. Causes that tell nothing of it (a normal end) are not here. */
const OUTCOMES: Record<string, Outcome> = {
  USER_BUSY: 'BUSY',
  CALL_REJECTED: 'BUSY',
  NO_ANSWER: 'NO_ANSWER',
  NO_USER_RESPONSE: 'NO_ANSWER',
  ALLOTTED_TIMEOUT: 'NO_ANSWER',
  ORIGINATOR_CANCEL: 'CANCELLED',
  UNALLOCATED_NUMBER: 'NOT_FOUND',
  NO_ROUTE_DESTINATION: 'NOT_FOUND',
  INVALID_NUMBER_FORMAT: 'NOT_FOUND',
  NUMBER_CHANGED: 'NOT_FOUND',
  NORMAL_CIRCUIT_CONGESTION: 'CONGESTION',
  SWITCH_CONGESTION: 'CONGESTION',
  USER_NOT_REGISTERED: 'FAILED',
  SUBSCRIBER_ABSENT: 'FAILED',
  DESTINATION_OUT_OF_ORDER: 'FAILED',
  NETWORK_OUT_OF_ORDER: 'FAILED',
  GATEWAY_DOWN: 'FAILED',
  NORMAL_TEMPORARY_FAILURE: 'FAILED',
  RECOVERY_ON_TIMER_EXPIRE: 'FAILED',
  INCOMPATIBLE_DESTINATION: 'FAILED',
  BEARERCAPABILITY_NOTAVAIL: 'FAILED',
  PROTOCOL_ERROR: 'FAILED',
  MEDIA_TIMEOUT: 'FAILED',
}

export const outcomeOf = (cause: string | undefined): Outcome | undefined =>
  cause !== undefined && Object.hasOwn(OUTCOMES, cause) ? OUTCOMES[cause] : undefined
