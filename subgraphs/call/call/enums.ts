import { registerEnumType } from 'type-graphql'

export enum CallDirection {
  INBOUND = 'INBOUND',
  OUTBOUND = 'OUTBOUND',
  INTERNAL = 'INTERNAL',
}
registerEnumType(CallDirection, {
  name: 'CallDirection',
  description: 'Who called whom.',
  valuesConfig: {
    INBOUND: { description: 'From outside to the company.' },
    OUTBOUND: { description: 'From the company to the outside.' },
    INTERNAL: { description: 'Between two people of the company.' },
  },
})

export enum CallStatus {
  DIALING = 'DIALING',
  QUEUED = 'QUEUED',
  RINGING = 'RINGING',
  ANSWERED = 'ANSWERED',
  HELD = 'HELD',
  ENDED = 'ENDED',
}
registerEnumType(CallStatus, {
  name: 'CallStatus',
  description: 'Where the call stands now.',
  valuesConfig: {
    DIALING: { description: 'Set up, and ringing nowhere yet.' },
    QUEUED: { description: 'Waits in a queue.' },
    RINGING: { description: 'Rings at a person.' },
    ANSWERED: { description: 'Two people can hear each other.' },
    HELD: { description: 'One side was put on hold.' },
    ENDED: { description: 'Over.' },
  },
})

export enum CallOutcome {
  ANSWERED = 'ANSWERED',
  NO_ANSWER = 'NO_ANSWER',
  ABANDONED = 'ABANDONED',
  BUSY = 'BUSY',
  CANCELLED = 'CANCELLED',
  CONGESTION = 'CONGESTION',
  NOT_FOUND = 'NOT_FOUND',
  FORWARDED = 'FORWARDED',
  VOICEMAIL = 'VOICEMAIL',
  FAILED = 'FAILED',
  LOST = 'LOST',
  OTHER = 'OTHER',
}
registerEnumType(CallOutcome, {
  name: 'CallOutcome',
  description: 'How the call ended; null while it lives.',
  valuesConfig: {
    ANSWERED: { description: 'A person talked.' },
    NO_ANSWER: { description: 'It rang and nobody picked up.' },
    ABANDONED: { description: 'The caller hung up in the queue.' },
    BUSY: { description: 'The other side was busy.' },
    CANCELLED: { description: 'The calling side gave up.' },
    CONGESTION: { description: 'The network had no way through.' },
    NOT_FOUND: { description: 'The number does not exist.' },
    FORWARDED: { description: 'Forwarded elsewhere.' },
    VOICEMAIL: { description: 'Went to a voice mailbox.' },
    FAILED: { description: 'A technical failure.' },
    LOST: { description: 'Its end was never reported.' },
    OTHER: { description: 'None of these.' },
  },
})

export enum AgentState {
  OFFLINE = 'OFFLINE',
  IDLE = 'IDLE',
  RINGING = 'RINGING',
  TALKING = 'TALKING',
  WRAP_UP = 'WRAP_UP',
  AWAY = 'AWAY',
}
registerEnumType(AgentState, {
  name: 'AgentState',
  description: 'What a person at the phone is doing.',
  valuesConfig: {
    OFFLINE: { description: 'No phone of theirs can be reached, or they have left all queues.' },
    IDLE: { description: 'There, and on no call; also where nothing is known.' },
    RINGING: { description: 'A call rings at them.' },
    TALKING: { description: 'On a call.' },
    WRAP_UP: { description: 'Writes up the last call.' },
    AWAY: { description: 'Takes no calls for now (小休).' },
  },
})

export enum FeedbackSource {
  CUSTOMER = 'CUSTOMER',
  AGENT = 'AGENT',
}
registerEnumType(FeedbackSource, { name: 'FeedbackSource', description: 'Who gave the feedback.' })

export enum CallEventKind {
  DIALING = 'DIALING',
  QUEUED = 'QUEUED',
  RINGING = 'RINGING',
  ANSWERED = 'ANSWERED',
  TRANSFERRED = 'TRANSFERRED',
  HELD = 'HELD',
  ENDED = 'ENDED',
  RECORDING_READY = 'RECORDING_READY',
  FEEDBACK = 'FEEDBACK',
  LINKED = 'LINKED',
  LAGGED = 'LAGGED',
}
registerEnumType(CallEventKind, {
  name: 'CallEventKind',
  description: 'What happened to the call.',
  valuesConfig: {
    LINKED: { description: 'The call now belongs to a customer, or to another one.' },
    LAGGED: { description: 'This subscriber was too slow: `lagged` events are missing after `cursor`.' },
  },
})
