import type { Outcome } from '../../kernel/ports/index.js'
import { consentOf } from '../common/consent.js'
import { memberExtension } from './channel.js'
import { numberIn } from './dialEvents.js'
import type { Reading, Said } from './reading.js'

const DISPOSITIONS = new Map<string, Outcome>([
  ['ANSWERED', 'ANSWERED'],
  ['NO ANSWER', 'NO_ANSWER'],
  ['BUSY', 'BUSY'],
  ['FAILED', 'FAILED'],
  ['CONGESTION', 'CONGESTION'],
])

/** Asterisk's record of one channel, several of which make a call; only that of its first channel knows caller and callee. */
export function cdr(event: Reading): Said[] {
  const caller = event.partyIn('Channel', 'DestinationContext')
  const callee = event.partyIn('DestinationChannel')
  if (!caller) return []
  const outcome = DISPOSITIONS.get(event.text('Disposition') ?? '')
  const record: Said = {
    kind: 'SUMMARY',
    legId: event.text('UniqueID'),
    seconds: event.whole('Duration'),
    talkSeconds: event.whole('BillableSeconds'),
    // A queue or a voice that picks up is nobody; a person has a channel at the other end.
    outcome: outcome === 'ANSWERED' && event.text('DestinationChannel') === undefined ? undefined : outcome,
    queue: event.text('LastApplication') === 'Queue' ? event.text('LastData')?.split(',')[0] : undefined,
  }
  const [from, to] = [event.text('Source'), event.text('Destination')]
  if (event.text('UniqueID') !== event.text('LinkedID')) return [record]
  if (caller.line !== undefined) return [{ ...record, direction: 'INBOUND', line: caller.line, from, to }]
  if (callee?.line === undefined) return [record]
  const dialled = numberIn(event.text('LastData')) ?? to
  return [{ ...record, direction: 'OUTBOUND', line: callee.line, to: dialled }]
}

/** The same from where such records are kept. Whose phone it was at, it says too: nothing else may be left of the call. */
export function cdrRow(row: Reading): Said[] {
  const caller = row.partyIn('Channel', 'DestinationContext')
  const callee = row.partyIn('DestinationChannel')
  const outbound = caller?.extension !== undefined && callee?.line !== undefined
  const extension = outbound
    ? caller.extension
    : (callee?.extension ?? memberExtension(row.settings, row.text('DestinationChannel')))
  const recording = row.text('Recording')
  return [
    ...cdr(row).map(record => ({ ...record, extension })),
    ...(recording === undefined ? [] : [{ kind: 'RECORDING' as const, recording }]),
  ]
}

/** The log of channels has one entry that no other event has: that all of them are gone, and with which one. */
export function cel(event: Reading): Said[] {
  return event.text('EventName') === 'LINKEDID_END' && event.party()
    ? [{ kind: 'ENDED', legId: event.text('UniqueID') }]
    : []
}

export function mixMonitorStart(event: Reading): Said[] {
  return event.recording()
}

export function varSet(event: Reading): Said[] {
  const value = event.text('Value')
  // Underscores in front say that channels which this one makes inherit it; they are no part of the name.
  const name = event.text('Variable')?.replace(/^_{1,2}/, '')
  if (name === 'HUB_CONSENT') return consent(value)
  return name === 'MIXMONITOR_FILENAME' && value !== undefined ? [{ kind: 'RECORDING', recording: value }] : []
}

export function userEvent(event: Reading): Said[] {
  return event.text('UserEvent') === 'HubConsent' ? consent(event.text('Consent')) : []
}

function consent(word: string | undefined): Said[] {
  const understood = consentOf(word)
  return understood ? [{ kind: 'CONSENT', ...understood }] : []
}
