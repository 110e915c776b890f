import type { Presence, PresenceFact } from '../../kernel/ports/index.js'
import { type AmiEvent, header, timeOf } from './amiEvent.js'
import { memberExtension, memberOf } from './channel.js'
import { eventKey } from './eventKey.js'
import type { AsteriskSettings } from './settings.js'

type Said = Omit<PresenceFact, 'key' | 'at'>

const EVENTS = new Map<string, (settings: AsteriskSettings, event: AmiEvent) => Said[]>([
  ['DeviceStateChange', deviceState],
  ['QueueMember', member],
  ['QueueMemberAdded', member],
  ['QueueMemberStatus', member],
  ['QueueMemberPause', member],
  ['QueueMemberRemoved', removed],
])

/** Device states by name and, of queue members, by number; one that is unknown says nothing. */
const DEVICE = new Map<string, Presence>([
  ['NOT_INUSE', 'AVAILABLE'],
  ['INUSE', 'AVAILABLE'],
  ['BUSY', 'AVAILABLE'],
  ['RINGING', 'AVAILABLE'],
  ['RINGINUSE', 'AVAILABLE'],
  ['ONHOLD', 'AVAILABLE'],
  ['INVALID', 'OFFLINE'],
  ['UNAVAILABLE', 'OFFLINE'],
  ['1', 'AVAILABLE'],
  ['2', 'AVAILABLE'],
  ['3', 'AVAILABLE'],
  ['4', 'OFFLINE'],
  ['5', 'OFFLINE'],
  ['6', 'AVAILABLE'],
  ['7', 'AVAILABLE'],
  ['8', 'AVAILABLE'],
])

/** What one event says about people at their phones. */
export function presence(settings: AsteriskSettings, event: AmiEvent): PresenceFact[] {
  const at = timeOf(event)
  const read = EVENTS.get(header(event, 'Event') ?? '')
  const said = read && at !== undefined ? read(settings, { ...event, at }) : []
  if (said.length === 0) return []
  const key = eventKey(event)
  return said.map((fact, i) => ({ ...fact, at: at!, key: `${key}:presence:${i}` }))
}

function deviceState(settings: AsteriskSettings, event: AmiEvent): Said[] {
  return device(memberExtension(settings, header(event, 'Device')), header(event, 'State'))
}

/** A queue tells of each of its members whether the phone can be reached, and whether calls are taken in this queue. */
function member(settings: AsteriskSettings, event: AmiEvent): Said[] {
  const extension = memberOf(settings, event)
  const queue = header(event, 'Queue')
  if (extension === undefined || queue === undefined) return []
  const until = wrapUpEnd(event)
  const state = header(event, 'Paused') === '1' ? 'AWAY' : until === undefined ? 'AVAILABLE' : 'WRAP_UP'
  const work: Said = { extension, aspect: 'WORK', queue, state, ...(state === 'WRAP_UP' && { until: until! }) }
  return [...device(extension, header(event, 'Status')), work]
}

function removed(settings: AsteriskSettings, event: AmiEvent): Said[] {
  const extension = memberOf(settings, event)
  const queue = header(event, 'Queue')
  return extension === undefined || queue === undefined ? [] : [{ extension, aspect: 'WORK', queue, state: 'OFFLINE' }]
}

function device(extension: string | undefined, state: string | undefined): Said[] {
  const known = DEVICE.get(state ?? '')
  return extension === undefined || known === undefined ? [] : [{ extension, aspect: 'DEVICE', state: known }]
}

/** For so long after a call a queue leaves its member in peace; undefined: it does not, or that time is over. */
function wrapUpEnd(event: AmiEvent): string | undefined {
  const [seconds, last] = [number(header(event, 'Wrapuptime')), number(header(event, 'LastCall'))]
  if (!seconds || !last || header(event, 'InCall') === '1') return undefined
  const end = new Date((last + seconds) * 1000).toISOString()
  return end > header(event, 'at')! ? end : undefined
}

const number = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) : undefined
