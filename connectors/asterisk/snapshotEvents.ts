import { newchannel } from './channelEvents.js'
import type { Reading, Said } from './reading.js'

const RINGING = '5'
const UP = '6'

/** A channel that was there when the hub connected. What it has been through is known by its state only, and when by its age in whole seconds. */
export function coreShowChannel(event: Reading): Said[] {
  const party = event.party()
  const state = event.text('ChannelState')
  const seen = { legId: event.legId(), extension: party?.extension }
  const said = newchannel(event).map(started => ({ ...started, at: before(event, age(event.text('Duration'))) }))
  if (party && state === RINGING) return [...said, { kind: 'RINGING', ...seen }]
  if (!party || state !== UP) return said
  if (party.line !== undefined) return [...said, { kind: 'ANSWERED', legId: event.legId() }]
  return event.text('BridgeId') === undefined ? said : [...said, { kind: 'CONNECTED', ...seen }]
}

/** Somebody who was waiting when the hub connected. */
export function queueEntry(event: Reading): Said[] {
  return [
    {
      kind: 'QUEUED',
      legId: event.legId(),
      queue: event.text('Queue'),
      at: before(event, event.whole('Wait') ?? 0),
    },
  ]
}

/** The connection's own word: a call that was under way when the connection broke is gone, and nobody saw how. */
export function callLost(): Said[] {
  return [{ kind: 'ENDED', outcome: 'LOST' }]
}

/** Seconds in `00:01:30`. */
const age = (text: string | undefined): number =>
  (text ?? '').split(':').reduce((seconds, part) => seconds * 60 + (Number(part) || 0), 0)

function before(event: Reading, seconds: number): string | undefined {
  const seen = Date.parse(event.text('rx') ?? '')
  return Number.isNaN(seen) ? undefined : new Date(seen - seconds * 1000).toISOString()
}
