import type { CallFact } from '../../kernel/ports/index.js'
import { type AmiEvent, header, timeOf } from './amiEvent.js'
import { celRow } from './celRows.js'
import {
  attendedTransfer,
  blindTransfer,
  bridgeEnter,
  hangup,
  hold,
  newchannel,
  newstate,
  unhold,
} from './channelEvents.js'
import { dialBegin, dialEnd, dialState } from './dialEvents.js'
import { eventKey } from './eventKey.js'
import { agentCalled, agentConnect, queueCallerAbandon, queueCallerJoin } from './queueEvents.js'
import { queueLogRow } from './queueLogRows.js'
import { Reading, type Said } from './reading.js'
import { cdr, cdrRow, cel, mixMonitorStart, userEvent, varSet } from './recordEvents.js'
import type { AsteriskSettings } from './settings.js'
import { callLost, coreShowChannel, queueEntry } from './snapshotEvents.js'

const EVENTS = new Map<string, (event: Reading) => Said[]>([
  ['Newchannel', newchannel],
  ['Newstate', newstate],
  ['DialBegin', dialBegin],
  ['DialState', dialState],
  ['DialEnd', dialEnd],
  ['BridgeEnter', bridgeEnter],
  ['Hold', hold],
  ['Unhold', unhold],
  ['BlindTransfer', blindTransfer],
  ['AttendedTransfer', attendedTransfer],
  ['Hangup', hangup],
  ['QueueCallerJoin', queueCallerJoin],
  ['QueueCallerAbandon', queueCallerAbandon],
  ['AgentCalled', agentCalled],
  ['AgentConnect', agentConnect],
  ['Cdr', cdr],
  ['CEL', cel],
  ['MixMonitorStart', mixMonitorStart],
  ['VarSet', varSet],
  ['UserEvent', userEvent],
  ['CoreShowChannel', coreShowChannel],
  ['QueueEntry', queueEntry],
  ['CallLost', callLost],
])

/** Rows of Asterisk's own records, as the hub's reader of them wrote them down. */
const ROWS = new Map<string, (row: Reading) => Said[]>([
  ['CdrRow', cdrRow],
  ['CelRow', celRow],
  ['QueueLogRow', queueLogRow],
])

/** What one event says about a call. Nothing, for events that are about no call or say nothing new. */
export function normalise(settings: AsteriskSettings, event: AmiEvent): CallFact[] {
  const callId = callIdOf(event)
  const at = timeOf(event)
  const kind = header(event, 'Event') ?? ''
  const ofRecord = ROWS.get(kind)
  const read = ofRecord ?? EVENTS.get(kind)
  if (!read || callId === undefined || at === undefined) return []
  const said = read(new Reading(event, settings))
  if (said.length === 0) return []
  const key = eventKey(event)
  const coarse = ofRecord && { coarse: true }
  return said.map((fact, i) => ({ ...fact, ...coarse, at: fact.at ?? at, key: `${key}:${i}`, callId }))
}

/**
 * The call's id: that of its oldest channel, in which the name of the Asterisk stands, or that the hub chose when it placed the call. An
 * event about a transfer has no channel of its own.
 */
export function callIdOf(event: AmiEvent): string | undefined {
  for (const name of ['Linkedid', 'LinkedID', 'DestLinkedid', 'TransfererLinkedid', 'OrigTransfererLinkedid']) {
    const linked = header(event, name)
    if (linked !== undefined) return linked
  }
  return undefined
}
