import type { Readable } from 'node:stream'

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
  /**
   * Says that everything the system told until then is stored; at least every minute, since who says nothing for two seems to hear nothing.
   * Never a moment too late: a gap begins at the last one.
   */
  complete(until: Date): void
  /** The system's ids of calls that are still going on, as far as the hub knows. */
  openCalls(): Promise<string[]>
  /** Says that the connection is up, or down since now with a reason that holds no personal value. */
  state(state: 'UP' | 'DOWN', reason?: string): void
}

export interface Listener {
  stop(): Promise<void>
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

/** A stretch of time; its end is no part of it. */
export interface Span {
  from: Date
  to: Date
}

export interface BackfillSink {
  /** Resolves once all are durably stored; what was heard before is not stored twice. */
  store(deliveries: HookDelivery[]): Promise<void>
  /** How far it has come, from 0 to 1. */
  progress(share: number): void
}

export interface Backfilled {
  /** Records of that time that were read. */
  records: number
  /** Records that nobody can read; they are left where they are. */
  unreadable: number
}

/** The system's own records of past calls. They can be read as often as one likes. */
export interface BackfillSource {
  /** Where they come from, in words that hold no secret: `the folder /var/log/freeswitch/json_cdr`. */
  about: string
  /**
   * Reads what is on record of that time, in bounded memory. Rejects where the source cannot be read, or not to its end: of a HubError people
   * are shown the message, of any other error only what its code means.
   */
  read(span: Span, sink: BackfillSink, signal: AbortSignal): Promise<Backfilled>
}

/** A call to be placed: the agent's phone rings first, then the number is dialled. */
export interface DialOrder {
  /** Chosen by the hub: facts of the call carry it as their `callId`. */
  callId: string
  extension: string
  /** In its canonical form: 11 digits of a mainland mobile, area code and number, or E.164. */
  number: string
  /** What the agent's phone is shown in its place. */
  shownAs: string
}

export interface Dialler {
  /** Resolves once the system has taken the order. Rejects with a HubError whose message holds no number. */
  place(order: DialOrder): Promise<void>
  /** Ends a call; one that is over already is no error. */
  hangUp(callId: string): Promise<void>
}

export interface FetchedRecording {
  audio: Readable
  /** As the system says; unknown where it does not. */
  bytes?: number
  contentType?: string
}

/** Where the system keeps recordings; `where` is what its RECORDING fact said. */
export interface RecordingStore {
  fetch(where: string, signal: AbortSignal): Promise<FetchedRecording>
}

/** What a system has, as far as it tells: for the person who connects it. */
export interface Survey {
  /** What answered: product and version. */
  product: string
  /** Lines that may lead outside. */
  trunks: string[]
  extensions: { number: string; name?: string }[]
  queues: { name: string; members: string[] }[]
}

/** What somebody is asked who connects such a system. */
export interface Question {
  /** Where the answer goes: `address`, `secret`, or a name among the connector's own settings. */
  setting: string
  text: string
  default?: string
  /** Kept beside the configuration and not in it. */
  secret?: boolean
}

/** Something more that the hub may do with such a system, if whoever connects it wants that. */
export interface Offer {
  /** A question to be answered by yes or no. */
  text: string
  /** What the system must allow for it. */
  needs: string
  /** What else has to be known for it. */
  ask?: string
  /** Among the connector's own settings; takes the answer. */
  settings(answer: string): Record<string, unknown>
  /** Names it on the command line. */
  flag: string
}

/** What a connector can do at all. Whether one System can depends on its settings besides. */
export interface Capabilities {
  events: boolean
  hooks: boolean
  backfill: boolean
  dial: boolean
  recordings: boolean
}

export interface Connector {
  /** Name used in HUB_CONFIG: `connector: asterisk`. */
  name: string
  capabilities: Capabilities
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
  /** Pure: what one stored payload says about people at their phones. Never throws on what `normalise` understands. */
  presence?(system: SystemSettings, payload: Buffer): PresenceFact[]
  /** The system's own records, from which gaps are filled; null where its settings name none. */
  backfill?(system: SystemSettings): BackfillSource | null
  /** Settings of `backfill` under which it reads this folder or file instead: `npm run backfill -- pbx --source …`. */
  sourceAt?(path: string): Record<string, unknown>
  /** Places and ends calls; null where the settings do not allow it. */
  dialler?(system: SystemSettings): Dialler | null
  /** The system's ids of the calls that go on at this moment; null where it cannot be asked. */
  callsNow?(system: SystemSettings): Promise<ReadonlySet<string>> | null
  /** null where the settings name no place. */
  recordings?(system: SystemSettings): RecordingStore | null
  /** How `npm run connect` gets to know such a system. */
  questions?: readonly Question[]
  /** For a system with these lines to the outside. */
  offers?(trunks: readonly string[]): Offer[]
  /** Looks at what there is, changing nothing. */
  survey?(system: SystemSettings): Promise<Survey>
}
