import type { Reading, Said } from './reading.js'

const RINGING = '5'
const UP = '6'
/** Cause 0 is Asterisk's way of saying that there is none. */
const NO_CAUSE = '0'

export function newchannel(event: Reading): Said[] {
  const party = event.party()
  if (!party) return []
  const leg: Said = { kind: 'LEG_STARTED', legId: event.legId(), ...party }
  if (!event.isFirst()) return [leg]
  const to = event.dialled()
  if (party.line !== undefined) return [{ ...leg, direction: 'INBOUND', from: event.callerNumber(), to }]
  return [{ ...leg, from: party.extension === undefined ? event.callerNumber() : undefined, to }]
}

export function newstate(event: Reading): Said[] {
  const party = event.party()
  const state = event.text('ChannelState')
  if (!party) return []
  if (state === RINGING) return [{ kind: 'RINGING', legId: event.legId(), extension: party.extension }]
  // Whether a person picked up is told by DialEnd; here, that the outside line is open.
  return state === UP && party.line !== undefined ? [{ kind: 'ANSWERED', legId: event.legId() }] : []
}

export function hangup(event: Reading): Said[] {
  const party = event.party()
  if (!party) return []
  const cause = event.text('Cause')
  return [
    {
      kind: 'LEG_ENDED',
      legId: event.legId(),
      extension: party.extension,
      cause: cause === NO_CAUSE ? undefined : cause,
    },
    // The one who came late to the call learns of its recording here.
    ...event.recording(),
  ]
}

/** Two in a bridge hear each other, unless it is one for waiting. The second one's line tells with whom. */
export function bridgeEnter(event: Reading): Said[] {
  const party = event.party()
  const together = (event.whole('BridgeNumChannels') ?? 0) >= 2
  if (!party || !together || event.text('BridgeTechnology') === 'holding_bridge') return []
  if (party.extension !== undefined) return [{ kind: 'CONNECTED', legId: event.legId(), extension: party.extension }]
  return [{ kind: 'CONNECTED', extension: event.extensionIn('ConnectedLineNum') }]
}

const held =
  (kind: 'HELD' | 'RESUMED') =>
  (event: Reading): Said[] => {
    const party = event.party()
    return party ? [{ kind, legId: event.legId(), extension: party.extension }] : []
  }

export const hold = held('HELD')
export const unhold = held('RESUMED')

export function blindTransfer(event: Reading): Said[] {
  if (event.text('Result') !== 'Success') return []
  const extension = event.party('Transferer')?.extension
  return [{ kind: 'TRANSFERRED', legId: event.legId('Transferer'), extension, to: event.text('Extension') }]
}

export function attendedTransfer(event: Reading): Said[] {
  if (event.text('Result') !== 'Success') return []
  const extension = event.party('OrigTransferer')?.extension
  const toLegId = event.legId('TransferTarget')
  return [{ kind: 'TRANSFERRED', legId: event.legId('OrigTransferer'), extension, toLegId }]
}
