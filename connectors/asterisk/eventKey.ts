import { createHash } from 'node:crypto'
import { type AmiEvent, header } from './amiEvent.js'

/** What makes an entry of a snapshot the same as in an earlier one: each snapshot is taken at another moment. */
const SNAPSHOT: Record<string, string[]> = {
  CoreShowChannel: ['Uniqueid', 'ChannelState', 'BridgeId'],
  QueueEntry: ['Uniqueid', 'Queue'],
  CallLost: ['Linkedid'],
}

/** Asterisk numbers its records of calls; a record is the same whatever else of it is read. */
const CDR = ['UniqueID', 'Sequence']

/**
 * Equal when the same event comes again, different for any two events that differ: everything Asterisk wrote counts, and it writes times
 * to the microsecond. Without its time the moment of receipt must tell two alike events apart.
 */
export function eventKey(event: AmiEvent): string {
  const kind = header(event, 'Event') ?? ''
  const timed = header(event, 'Timestamp') !== undefined
  const numbered = kind === 'CdrRow' && header(event, 'Sequence') !== undefined
  const names = SNAPSHOT[kind] ?? (numbered ? CDR : Object.keys(event).filter(name => name !== 'rx' || !timed))
  const said = [...names].sort().map(name => [name, event[name]])
  return `${kind}:${createHash('sha256').update(JSON.stringify(said)).digest('base64url')}`
}
