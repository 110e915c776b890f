import type { BackfillSource, Dialler, Offer, Question, RecordingStore, Survey } from './abilities.js'
import type { CallFact, PresenceFact } from './facts.js'

/**
 * What a Connector is: the protocol of one kind of System, and nothing else. It turns bytes into facts; it never touches the
 * database, and it knows no customer, no permission and no rule.
 */

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
