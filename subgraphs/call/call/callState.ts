import type { Direction, Outcome } from '../../../kernel/ports/index.js'

/** What a call's facts amount to. Times are ISO 8601 in UTC, durations whole seconds and never negative; numbers as the system wrote them. */
export interface CallState {
  direction: Direction
  status: 'DIALING' | 'QUEUED' | 'RINGING' | 'ANSWERED' | 'HELD' | 'ENDED'
  outcome?: Outcome
  hangupCause?: string
  /** A2: the caller of an inbound call, the callee of an outbound one. */
  customerNumber?: string
  lineId?: string
  queue?: string
  /** Who answered first; until somebody has, whom it rings at. */
  agentExtension?: string
  /** Where it rang, and when. */
  offeredTo: { extension: string; at: string }[]
  startedAt: string
  queuedAt?: string
  ringingAt?: string
  /** When a person answered. */
  answeredAt?: string
  /** When it was put on hold, while it is. */
  heldAt?: string
  endedAt?: string
  ringSeconds?: number
  talkSeconds?: number
  durationSeconds?: number
  legs: LegState[]
  recording?: string
  consent?: { state: string; kind?: string; at: string }
  feedback: { by: 'CUSTOMER' | 'AGENT'; rating?: number; note?: string; at: string }[]
}

export interface LegState {
  id: string
  number?: string
  extension?: string
  startedAt?: string
  answeredAt?: string
  endedAt?: string
  transferredTo?: string
}
