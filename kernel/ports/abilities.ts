import type { Readable } from 'node:stream'
import type { HookDelivery } from './connector.js'

/** What a phone system may be asked for, beside the events that it tells. */

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
