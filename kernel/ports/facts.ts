/** What phone systems say, in the hub's words. */

export type FactKind =
  /** A leg (channel) of the call came into being. The first one of a call names caller, callee, line. */
  | 'LEG_STARTED'
  | 'QUEUED'
  | 'DIALING'
  | 'RINGING'
  /** The leg picked up. */
  | 'ANSWERED'
  /** Two parties can hear each other: a person answered. */
  | 'CONNECTED'
  | 'HELD'
  | 'RESUMED'
  | 'TRANSFERRED'
  | 'LEG_ENDED'
  | 'ENDED'
  /** What the system's own record of the finished call says (CDR). */
  | 'SUMMARY'
  | 'RECORDING'
  | 'CONSENT'
  | 'FEEDBACK'

export type Direction = 'INBOUND' | 'OUTBOUND' | 'INTERNAL'

export type Outcome =
  | 'ANSWERED'
  | 'NO_ANSWER'
  | 'ABANDONED'
  | 'BUSY'
  | 'CANCELLED'
  | 'CONGESTION'
  | 'NOT_FOUND'
  | 'FORWARDED'
  | 'VOICEMAIL'
  | 'FAILED'
  | 'LOST'
  | 'OTHER'

/**
 * One thing a phone system said about one call. Facts of a call may arrive in any order, twice, or late: `foldCall` makes the
 * same call of them. Numbers stand here as the system wrote them; the hub stores a fact only encrypted.
 */
export interface CallFact {
  /** Unique within the system for this fact, and equal when the same event is delivered again. */
  key: string
  /** The system's id of the whole call; all legs of a call share it. */
  callId: string
  legId?: string
  /** When it happened by the system's clock, ISO 8601 in UTC with milliseconds. */
  at: string
  /** `at` is from a record of the call, often exact to the second only: the time of an event that says the same counts more. */
  coarse?: boolean
  kind: FactKind
  direction?: Direction
  from?: string
  to?: string
  /** Trunk or line the outside party came in on or was reached through. */
  line?: string
  /** Extension of the person this fact is about. */
  extension?: string
  queue?: string
  /** Leg that takes over, for TRANSFERRED. */
  toLegId?: string
  outcome?: Outcome
  /** Hang-up cause in the system's own words or number. */
  cause?: string
  /** SUMMARY, RECORDING: whole seconds. */
  seconds?: number
  talkSeconds?: number
  /** RECORDING: where the system keeps it (path or URL). Personal: it may contain the number. */
  recording?: string
  /** CONSENT: GRANTED, DECLINED, WITHDRAWN. */
  consent?: string
  consentKind?: string
  /** FEEDBACK */
  rating?: number
  note?: string
  by?: 'CUSTOMER' | 'AGENT'
  /** Said by the hub of a call that it placed itself; no connector says so. On who calls whom its word counts most. */
  placed?: true
}

/** What somebody at a phone is doing besides calls. */
export type Presence = 'OFFLINE' | 'AVAILABLE' | 'AWAY' | 'WRAP_UP'

/** One thing a phone system said about somebody at a phone. The latest word of each aspect counts, in whatever order they come. */
export interface PresenceFact {
  /** Unique within the system for this fact, and equal when the same event is delivered again. */
  key: string
  extension: string
  /** When, by the system's clock, ISO 8601 in UTC with milliseconds. */
  at: string
  /** DEVICE: whether the phone can be reached. WORK: whether its owner takes calls. */
  aspect: 'DEVICE' | 'WORK'
  /** WORK in one queue only; left out where it is said of all. */
  queue?: string
  state: Presence
  /** When it ends by itself, for WRAP_UP. */
  until?: string
}
