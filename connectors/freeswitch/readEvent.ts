import type { CallFact } from '../../kernel/ports/index.js'
import { type FsEvent, header } from './event.js'
import {
  answered,
  connected,
  consented,
  ended,
  type Leg,
  placed,
  queued,
  type Reader,
  rang,
  recorded,
  type Said,
  started,
  wholeLeg,
} from './leg.js'
import { NUMBER_VARIABLE } from './originate.js'
import { agentExtension, queueName } from './party.js'
import type { FreeSwitchSettings } from './settings.js'
import { earliest, secondsAt, timeOf } from './time.js'

/** What the hub reads of each event. The last one of a leg tells all of it once more: what was missed before is made up for. */
const CHANNEL_EVENTS = new Map<string, Reader[]>([
  ['CHANNEL_CREATE', [started, placed]],
  ['CHANNEL_PROGRESS', [rang]],
  ['CHANNEL_PROGRESS_MEDIA', [rang, consented]],
  ['CHANNEL_ANSWER', [answered, connected, consented]],
  ['CHANNEL_BRIDGE', [connected, consented]],
  ['CHANNEL_HOLD', [held('HELD')]],
  ['CHANNEL_UNHOLD', [held('RESUMED')]],
  ['RECORD_START', [recorded, consented]],
  ['RECORD_STOP', [recorded]],
  ['CHANNEL_HANGUP', [hungUp]],
  ['CHANNEL_HANGUP_COMPLETE', [wholeLeg]],
])

/** What to ask FreeSWITCH for. */
export const subscription = [
  ...CHANNEL_EVENTS.keys(),
  'CUSTOM',
  'callcenter::info',
  'sofia::register',
  'sofia::unregister',
  'sofia::expire',
].join(' ')

/** The hub's own word for a call of which FreeSWITCH has nothing left. */
export const CALL_LOST = 'HUB_CALL_LOST'

/** Equal when the same event comes again: FreeSWITCH numbers them from each start on. */
export function eventKey(event: FsEvent): string {
  const [core, sequence] = [header(event, 'Core-UUID'), header(event, 'Event-Sequence')]
  return [core, sequence].every(part => part !== undefined)
    ? `${core}:${sequence}`
    : `${header(event, 'Event-Name')}:${header(event, 'Unique-ID')}:${header(event, 'Event-Date-Timestamp')}`
}

/** What one event says about a call. Nothing, for events that are about no call or say nothing new. */
export function readEvent(settings: FreeSwitchSettings, event: FsEvent): CallFact[] {
  const callId = callIdOf(event)
  const at = timeOf(header(event, 'Event-Date-Timestamp'))
  if (callId === undefined || at === undefined) return []
  const key = eventKey(event)
  return said(settings, event, callId, at).map((fact, i) => ({ ...fact, key: `${key}:${i}`, callId }))
}

function said(settings: FreeSwitchSettings, event: FsEvent, callId: string, at: string): Said[] {
  const name = header(event, 'Event-Name') ?? ''
  if (name === CALL_LOST) return [{ kind: 'ENDED', at, outcome: 'LOST' }]
  if (name === 'CUSTOM') return queueEvent(settings, event, callId, at)
  const leg = legOf(event, callId, at)
  return leg ? (CHANNEL_EVENTS.get(name) ?? []).flatMap(read => read(settings, leg)) : []
}

/**
 * The leg with which the call began. Who is called names the caller as originator; what a queue calls has none, and names the one that
 * waits. (`Channel-Call-UUID` and `call_uuid` do not serve: both change when a bridge ends.)
 */
export function callIdOf(event: FsEvent): string | undefined {
  return (
    header(event, 'variable_cc_member_session_uuid') ??
    header(event, 'CC-Member-Session-UUID') ??
    header(event, 'variable_originator') ??
    header(event, 'Unique-ID')
  )
}

function legOf(event: FsEvent, callId: string, at: string): Leg | undefined {
  const text = (name: string) => header(event, name)
  const time = (name: string) => timeOf(text(name))
  const id = text('Unique-ID')
  if (id === undefined) return undefined
  const other = text('Other-Leg-Unique-ID')
  return {
    id,
    callId,
    inbound: text('Call-Direction') === 'inbound',
    channel: text('Channel-Name'),
    gateway: text('variable_sip_gateway_name'),
    caller: text('Caller-Orig-Caller-ID-Number') ?? text('Caller-Caller-ID-Number'),
    destination: text('Caller-Destination-Number'),
    createdAt: time('Caller-Channel-Created-Time') ?? at,
    saidAt: at,
    ringingAt: earliest(time('Caller-Channel-Progress-Time'), time('Caller-Channel-Progress-Media-Time')),
    answeredAt: time('Caller-Channel-Answered-Time'),
    bridgedAt: time('Caller-Channel-Bridged-Time'),
    endedAt: time('Caller-Channel-Hangup-Time'),
    cause: text('Hangup-Cause'),
    ...(other !== undefined && {
      other: {
        id: other,
        channel: text('Other-Leg-Channel-Name'),
        answeredAt: time('Other-Leg-Channel-Answered-Time'),
      },
    }),
    queue: text('variable_cc_queue'),
    queuedAt: secondsAt(text('variable_cc_queue_joined_epoch')),
    agent: text('variable_cc_agent'),
    consent: text('variable_hub_consent'),
    recording: text('Record-File-Path'),
    placedTo: text(`variable_${NUMBER_VARIABLE}`),
  }
}

function queueEvent(settings: FreeSwitchSettings, event: FsEvent, callId: string, at: string): Said[] {
  const queue = queueName(header(event, 'CC-Queue'))
  const extension = agentExtension(settings, header(event, 'CC-Agent'))
  switch (header(event, 'CC-Action')) {
    case 'member-queue-start': {
      const leg = legOf(event, callId, at)
      return leg ? [...queued(settings, { ...leg, queue, queuedAt: at }), ...consented(settings, leg)] : []
    }
    case 'agent-offering':
      return [{ kind: 'DIALING', at, extension, queue }]
    case 'bridge-agent-start':
      return [{ kind: 'CONNECTED', at, legId: header(event, 'CC-Agent-UUID'), extension, queue }]
    case 'member-queue-end':
      // The other reasons to leave a queue (nobody there, waited too long, a key) lead on to something else.
      return header(event, 'CC-Cancel-Reason') === 'BREAK_OUT'
        ? [{ kind: 'SUMMARY', at, legId: callId, queue, outcome: 'ABANDONED' }]
        : []
    default:
      return []
  }
}

function held(kind: 'HELD' | 'RESUMED'): Reader {
  return (_settings, { id, saidAt: at }) => [{ kind, legId: id, at }]
}

/** Told at once; its own time of the end comes with the last event of the leg. */
function hungUp(settings: FreeSwitchSettings, leg: Leg): Said[] {
  return ended(settings, { ...leg, endedAt: leg.saidAt })
}
