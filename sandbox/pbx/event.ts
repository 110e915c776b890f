export type PbxEventType =
  | 'call.started'
  | 'call.queued'
  | 'call.dialing'
  | 'call.ringing'
  | 'call.answered'
  | 'call.connected'
  | 'call.held'
  | 'call.resumed'
  | 'call.transferred'
  | 'call.leg_ended'
  | 'call.ended'
  | 'call.summary'
  | 'call.recording'
  | 'call.consent'
  | 'call.feedback'

export type PbxOutcome = 'answered' | 'no_answer' | 'abandoned' | 'busy' | 'cancelled'

/** One thing that happened to a call, as the hub's event hook takes it. */
export interface CallEvent {
  id: string
  callId: string
  type: PbxEventType
  /** ISO 8601, UTC. */
  at: string
  legId?: string
  direction?: 'inbound' | 'outbound'
  from?: string
  to?: string
  line?: string
  extension?: string
  queue?: string
  toLegId?: string
  outcome?: PbxOutcome
  /** Q.850. */
  cause?: string
  seconds?: number
  talkSeconds?: number
  recording?: string
  consent?: 'granted' | 'declined'
  consentKind?: string
  rating?: number
  by?: 'customer' | 'agent'
}

/** What an agent is doing besides calls. */
export interface AgentEvent {
  id: string
  type: 'agent.state'
  at: string
  extension: string
  state: 'available' | 'away' | 'wrap_up'
  until?: string
}

export type PbxEvent = CallEvent | AgentEvent

/** An event before it has an id, a call and a time. */
export type EventBody = Omit<CallEvent, 'id' | 'callId' | 'at'>
