/**
 * What a Connector is: the protocol of one kind of System, and nothing else. It turns bytes into facts; it never touches the
 * database, and it knows no customer, no permission and no rule.
 */

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
}

/** Settings of a System as a connector sees them: `settings` is the connector's own part of HUB_CONFIG, secrets filled in. */
export interface SystemSettings {
  id: string
  name: string
  timeZone: string
  /** Names of lines/trunks that lead outside: a call that enters by one is inbound, one that leaves by one outbound. */
  trunks: string[]
  settings: Record<string, unknown>
}

export interface HookRequest {
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  query: Record<string, string>
  /** The bytes as they came: signatures are made over these. */
  body: Buffer
  receivedAt: Date
}

/** What a verified webhook holds, before anything is understood: `key` makes a repeat recognisable. */
export interface HookDelivery {
  key: string
  /** Stored as raw bytes (encrypted) and given to `normalise` later. */
  payload: Buffer
}

/** What the hub hands to a connector that listens to a stream of events. */
export interface EventSink {
  /** Resolves once all are durably stored. Rejects when they are not: keep them and offer them again. */
  store(deliveries: HookDelivery[]): Promise<void>
  /** The system's ids of calls that are still going on, as far as the hub knows. */
  openCalls(): Promise<string[]>
  /** Says that the connection is up, or down since now with a reason that holds no personal value. */
  state(state: 'UP' | 'DOWN', reason?: string): void
}

export interface Listener {
  stop(): Promise<void>
}

export interface Connector {
  /** Name used in HUB_CONFIG: `connector: asterisk`. */
  name: string
  capabilities: { events: boolean; hooks: boolean }
  /** Checks the connector's own settings; throws with a message for the person who wrote them. */
  check(system: SystemSettings): void
  /** Whether what is said to it could be read on its way; production refuses such a system. Left out where the hub never calls it. */
  isReadable?(system: SystemSettings): boolean
  /** Tries whether the system can be reached with these settings, changing nothing there. Says what it found, or throws why not. */
  probe?(system: SystemSettings): Promise<string>
  /** Verifies a webhook over its raw bytes. Throws HubError UNAUTHENTICATED or BAD_USER_INPUT. */
  receive?(system: SystemSettings, request: HookRequest): HookDelivery[]
  /** Connects and keeps connected. */
  listen?(system: SystemSettings, sink: EventSink): Listener
  /** Pure: what one stored payload says about calls. Throws on a payload that cannot be understood. */
  normalise(system: SystemSettings, payload: Buffer): CallFact[]
}
