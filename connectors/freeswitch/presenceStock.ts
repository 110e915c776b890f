import type { FsEvent } from './event.js'
import { table } from './printed.js'

/** Events of the hub's own: what FreeSWITCH would have told, had anybody listened. `now` is ISO 8601. */
const stockEvent = (subclass: string, id: string, micros: string, more: FsEvent): FsEvent => ({
  'Event-Name': 'CUSTOM',
  'Event-Subclass': subclass,
  // Equal when the same is found out again.
  'Core-UUID': 'HUB_STOCK',
  'Event-Sequence': `${id}:${micros}`,
  'Event-Date-Timestamp': micros,
  ...more,
})

const microsOf = (now: string): string => `${Date.parse(now)}000`

/** What agents of queues are, of the answer to `callcenter_config agent list`, since they are. */
export const agentEvents = (text: string, now: string): FsEvent[] =>
  table(text).flatMap(({ name, status, last_status_change: since }) => {
    if (!name || !status) return []
    const micros = /^[1-9]\d{9}$/.test(since ?? '') ? `${since}000000` : microsOf(now)
    const told = { 'CC-Agent': name, 'CC-Action': 'agent-status-change', 'CC-Agent-Status': status }
    return [stockEvent('callcenter::info', `${name}:${status}`, micros, told)]
  })

/** Agents who have time for their notes after a call, and how many seconds, of the same answer. */
export const wrapUpTimes = (text: string): Map<string, string> =>
  new Map(
    table(text).flatMap(({ name, wrap_up_time: seconds }) =>
      name && /^[1-9]\d{0,4}$/.test(seconds ?? '') ? [[name, seconds!]] : [],
    ),
  )

export const registerEvent = (phone: string, now: string): FsEvent =>
  stockEvent('sofia::register', `${phone}:registered`, microsOf(now), { 'from-user': phone })

export const unregisterEvent = (phone: string, now: string): FsEvent =>
  stockEvent('sofia::unregister', `${phone}:gone`, microsOf(now), { 'from-user': phone })
