import type { EventBody, PbxOutcome } from './event.js'

/** How a call is meant to go. Durations are milliseconds. */
export interface CallPlan {
  direction: 'inbound' | 'outbound'
  /** Whom the caller dialled and who called, as the trunk writes numbers. */
  from: string
  to: string
  line: string
  /** Inbound calls wait here until somebody of the team is free; null rings `extension` itself. */
  queue: string | null
  extension: string | null
  /** Outbound calls placed by another program ring the agent first. */
  ringAgentFirst: boolean
  outcome: PbxOutcome
  /** How long a caller waits in the queue before giving up. */
  patienceMs: number
  ringMs: number
  talkMs: number
  hold: { afterMs: number; forMs: number } | null
  /** A blind transfer: to an extension, or to any free colleague. */
  transfer: { afterMs: number; to: string | null; ringMs: number; talkMs: number } | null
  consent: 'granted' | 'declined' | null
  /** The caller's mark afterwards. */
  rating: number | null
  /** Asked for by a person or program: traffic gives way to it. */
  chosen: boolean
  /** What the agent's telephone shows in place of the customer's number. */
  shownAs?: string
}

/** What is still to happen, and when (milliseconds since the epoch). */
export type Step =
  | { at: number; emit: EventBody }
  | { at: number; transfer: NonNullable<CallPlan['transfer']> }
  | { at: number; end: PbxOutcome; cause: string }

/** A call in progress; plain data, so that it goes on where it was after a restart. */
export interface LiveCall {
  id: string
  plan: CallPlan
  /** In order of time. */
  steps: Step[]
  events: number
  startedAt: number
  connectedAt: number | null
  endedAt: number | null
  /** Waits in the queue for somebody to be free. */
  waiting: boolean
  /** The agent's end of the call, and the customer's where they are rung. */
  agentLeg: { id: string; extension: string } | null
  legs: number
}

/** A finished call as the PBX remembers it. */
export interface CallRecord {
  id: string
  direction: 'inbound' | 'outbound'
  from: string
  to: string
  extension: string | null
  queue: string | null
  line: string
  startedAt: string
  /** null: it goes on. */
  endedAt: string | null
  talkSeconds: number
  outcome: PbxOutcome | null
}

export interface RecordingEntry {
  id: string
  callId: string
  seconds: number
  createdAt: string
  consent: 'granted'
}
