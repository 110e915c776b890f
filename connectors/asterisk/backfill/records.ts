import type { WrittenTime } from '../../common/localTime.js'
import { readTime } from '../../common/localTime.js'
import type { AmiEvent } from '../amiEvent.js'
import type { Row } from './row.js'

/** What the hub keeps of a row: an event that Asterisk never sent, in the words of those that it sends. */
export interface Kept {
  event: AmiEvent
  /** Milliseconds since 1970. */
  from: number
  to: number
}

/** One kind of Asterisk's records. */
export interface RecordKind {
  /** The time that a row is known by; undefined where it has none. */
  timeOf(row: Row): WrittenTime | undefined
  /** null: nobody can read it. undefined: it is about no call. */
  keep(row: Row, toUtc: (time: WrittenTime) => number): Kept | null | undefined
}

const ID = /^\S{1,150}$/

export const cdrRecords: RecordKind = {
  timeOf: row => readTime(row.start),
  keep(row, toUtc) {
    const [start, end] = [readTime(row.start), readTime(row.end)]
    const duration = Number(row.duration)
    if (!start || !ID.test(row.uniqueid ?? '') || !ID.test(row.linkedid ?? '') || !/^\d{1,7}$/.test(row.duration ?? ''))
      return null
    const from = toUtc(start)
    const to = end ? toUtc(end) : from + duration * 1000
    const event = headers('CdrRow', to, {
      Source: row.hub_number ?? row.src,
      Destination: row.dst,
      DestinationContext: row.dcontext,
      Channel: row.channel,
      DestinationChannel: row.dstchannel,
      LastApplication: row.lastapp,
      LastData: row.lastdata,
      Duration: row.duration,
      BillableSeconds: row.billsec,
      Disposition: row.disposition,
      UniqueID: row.uniqueid,
      LinkedID: row.linkedid,
      Sequence: row.sequence,
      Recording: row.recording,
    })
    return { event, from, to }
  },
}

export const celRecords: RecordKind = {
  timeOf: row => readTime(row.eventtime),
  keep(row, toUtc) {
    const time = readTime(row.eventtime)
    const EventName = row.eventtype ?? ''
    if (!time || !/^[\w-]{1,80}$/.test(EventName) || !ID.test(row.uniqueid ?? '') || !ID.test(row.linkedid ?? ''))
      return null
    const at = toUtc(time)
    const event = headers('CelRow', at, {
      EventName,
      CallerIDNum: row.cid_num,
      Exten: row.exten,
      Context: row.context,
      Channel: row.channame,
      Application: row.appname,
      AppData: row.appdata,
      Uniqueid: row.uniqueid,
      Linkedid: row.linkedid,
      Peer: row.peer,
      Extra: row.eventextra,
    })
    return { event, from: at, to: at }
  },
}

/** Lines of queue_log have no names: time, caller's channel, queue, member, event, and what belongs to that. */
export const queueLogRecords: RecordKind = {
  timeOf: row => readTime(row.time),
  keep(row, toUtc) {
    const time = readTime(row.time)
    if (!time || !/^[A-Z_]{1,40}$/.test(row.event ?? '')) return null
    if (row.callid === undefined || row.callid === 'NONE' || !ID.test(row.callid)) return undefined
    const at = toUtc(time)
    const event = headers('QueueLogRow', at, {
      EventName: row.event,
      Uniqueid: row.callid,
      Linkedid: row.linkedid ?? row.callid,
      Queue: row.queue,
      Interface: row.member,
      Data1: row.data1,
      Data2: row.data2,
      Data3: row.data3,
    })
    return { event, from: at, to: at }
  },
}

function headers(Event: string, at: number, values: Record<string, string | undefined>): AmiEvent {
  const event: AmiEvent = { Event, Timestamp: `${Math.floor(at / 1000)}.${String(at % 1000).padStart(3, '0')}` }
  for (const [name, value] of Object.entries(values)) if (value !== undefined) event[name] = value
  return event
}
