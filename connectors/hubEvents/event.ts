import { z } from 'zod'

/** PostgreSQL keeps neither a NUL nor half a character: such a text could be stored as it came, and never be applied. */
const keepable = (value: string) => !value.includes('\0') && value.isWellFormed()
const text = (most: number) => z.string().min(1).max(most).refine(keepable, 'holds a NUL or half a character of two')

/** Whole seconds; no call lasts longer than this, and the database counts no further. */
const seconds = z.int().min(0).max(2_147_483_647)

const inThisCentury = (at: string) => at.startsWith('20')

/** Names of events, and the kind of fact each is. */
export const eventTypes = {
  'call.started': 'LEG_STARTED',
  'call.queued': 'QUEUED',
  'call.dialing': 'DIALING',
  'call.ringing': 'RINGING',
  'call.answered': 'ANSWERED',
  'call.connected': 'CONNECTED',
  'call.held': 'HELD',
  'call.resumed': 'RESUMED',
  'call.transferred': 'TRANSFERRED',
  'call.leg_ended': 'LEG_ENDED',
  'call.ended': 'ENDED',
  'call.summary': 'SUMMARY',
  'call.recording': 'RECORDING',
  'call.consent': 'CONSENT',
  'call.feedback': 'FEEDBACK',
} as const

const lower = <T extends string>(...values: T[]) => z.enum(values as [T, ...T[]])

const at = z.iso.datetime({ offset: true }).refine(inThisCentury, 'is no time of this century')

/** Something that happened to a call. */
export const callEvent = z.object({
  id: text(200),
  callId: text(200),
  legId: text(200).optional(),
  type: z.enum(Object.keys(eventTypes) as [keyof typeof eventTypes, ...(keyof typeof eventTypes)[]]),
  at,
  direction: lower('inbound', 'outbound', 'internal').optional(),
  from: text(500).optional(),
  to: text(500).optional(),
  line: text(200).optional(),
  extension: text(50).optional(),
  queue: text(200).optional(),
  toLegId: text(200).optional(),
  outcome: lower(
    'answered',
    'no_answer',
    'abandoned',
    'busy',
    'cancelled',
    'congestion',
    'not_found',
    'forwarded',
    'voicemail',
    'failed',
    'lost',
    'other',
  ).optional(),
  cause: text(200).optional(),
  seconds: seconds.optional(),
  talkSeconds: seconds.optional(),
  recording: text(2000).optional(),
  consent: lower('granted', 'declined', 'withdrawn').optional(),
  consentKind: text(50).optional(),
  rating: z.int().min(0).max(100).optional(),
  note: text(5000).optional(),
  by: lower('customer', 'agent').optional(),
})

export type HubEvent = z.infer<typeof callEvent>

/** What somebody at a phone is doing besides calls. */
export const agentEvent = z.object({
  id: text(200),
  type: z.literal('agent.state'),
  at,
  extension: text(50),
  state: lower('offline', 'available', 'away', 'wrap_up'),
  until: at.optional(),
  queue: text(200).optional(),
})

export type AgentEvent = z.infer<typeof agentEvent>

/** One event of the JSON hook; see docs/hooks.md. */
export const event = z.discriminatedUnion('type', [callEvent, agentEvent], {
  error: 'is not what an event looks like, or of a type that docs/hooks.md does not list',
})
