import type { Presence, PresenceFact } from '../../kernel/ports/index.js'
import { type FsEvent, header } from './event.js'
import { agentExtension } from './party.js'
import { eventKey } from './readEvent.js'
import type { FreeSwitchSettings } from './settings.js'
import { secondsAt, timeOf } from './time.js'

/** What an agent of a queue chose to be. */
const STATUS: Record<string, Presence> = {
  Available: 'AVAILABLE',
  'Available (On Demand)': 'AVAILABLE',
  'On Break': 'AWAY',
  'Logged Out': 'OFFLINE',
}

/** How long an agent has after a call, in seconds: events of a queue do not tell it, the hub asks for it and puts it there. */
export const WRAP_UP_HEADER = 'HUB-Wrap-Up-Time'

type Told = Pick<PresenceFact, 'aspect' | 'state' | 'until'> & { extension: string | undefined }

/** What an event says about somebody at a phone. */
export function readPresence(settings: FreeSwitchSettings, event: FsEvent): PresenceFact[] {
  const at = timeOf(header(event, 'Event-Date-Timestamp'))
  const told = header(event, 'Event-Name') === 'CUSTOM' ? toldBy(settings, event) : undefined
  if (at === undefined || told?.extension === undefined) return []
  return [{ ...told, extension: told.extension, key: `${eventKey(event)}:presence`, at }]
}

function toldBy(settings: FreeSwitchSettings, event: FsEvent): Told | undefined {
  switch (header(event, 'Event-Subclass')) {
    case 'sofia::register':
      return { aspect: 'DEVICE', state: 'AVAILABLE', extension: deviceOf(settings, event) }
    case 'sofia::unregister':
    case 'sofia::expire':
      return { aspect: 'DEVICE', state: 'OFFLINE', extension: deviceOf(settings, event) }
    case 'callcenter::info':
      return toldByQueue(settings, event)
    default:
      return undefined
  }
}

/**
 * `agent-state-change` is left out: what it says of calls (Receiving, In a queue call) calls tell better, and Waiting, which comes after each of
 * them, is said also of an agent who went on a break meanwhile.
 */
function toldByQueue(settings: FreeSwitchSettings, event: FsEvent): Told | undefined {
  const extension = agentExtension(settings, header(event, 'CC-Agent'))
  switch (header(event, 'CC-Action')) {
    case 'agent-status-change': {
      const status = header(event, 'CC-Agent-Status') ?? ''
      return Object.hasOwn(STATUS, status) ? { aspect: 'WORK', state: STATUS[status]!, extension } : undefined
    }
    case 'bridge-agent-end': {
      const until = endOfWrapUp(event)
      return until === undefined ? undefined : { aspect: 'WORK', state: 'WRAP_UP', until, extension }
    }
    default:
      return undefined
  }
}

function endOfWrapUp(event: FsEvent): string | undefined {
  const over = secondsAt(header(event, 'CC-Bridge-Terminated-Time'))
  const seconds = header(event, WRAP_UP_HEADER) ?? ''
  if (over === undefined || !/^[1-9]\d{0,4}$/.test(seconds) || header(event, 'CC-Agent-Bridged') !== 'true')
    return undefined
  return new Date(Date.parse(over) + Number(seconds) * 1000).toISOString()
}

/** `user` where a registration ran out, `from-user` elsewhere. */
const deviceOf = (settings: FreeSwitchSettings, event: FsEvent): string | undefined =>
  agentExtension(settings, header(event, 'from-user') ?? header(event, 'user'))
