import type { Outcome } from '../../kernel/ports/index.js'
import { partyOfPeers } from './channel.js'
import { newchannel } from './channelEvents.js'
import { OUTCOMES } from './outcomes.js'
import type { Reading, Said } from './reading.js'

/** Q.850 causes with which somebody or something refused: the phone did not ring to its end. Others (16, 19, 26, 127) tell nothing. */
const REFUSED = new Map<string, Outcome>([
  ['1', 'NOT_FOUND'],
  ['2', 'NOT_FOUND'],
  ['3', 'NOT_FOUND'],
  ['17', 'BUSY'],
  ['18', 'FAILED'],
  ['20', 'FAILED'],
  ['21', 'BUSY'],
  ['22', 'NOT_FOUND'],
  ['27', 'FAILED'],
  ['28', 'NOT_FOUND'],
  ['34', 'CONGESTION'],
  ['38', 'FAILED'],
  ['41', 'FAILED'],
  ['42', 'CONGESTION'],
  ['58', 'FAILED'],
])
/** Applications that name channels which were called; one that calls by itself has the name of what it dialled. */
const CALLED = new Set(['AppDial', 'AppDial2', 'AppQueue'])

const ROWS = new Map<string, (row: Reading) => Said[]>([
  ['CHAN_START', started],
  ['ANSWER', answered],
  ['BRIDGE_ENTER', bridged],
  ['APP_START', application],
  ['BLINDTRANSFER', blindTransfer],
  ['ATTENDEDTRANSFER', attendedTransfer],
  ['FORWARD', forwarded],
  ['HANGUP', hungUp],
  ['CHAN_END', ended],
  ['LINKEDID_END', over],
])

/** One row of Asterisk's log of channel events (CEL). It says what events of channels say, but for ringing and holding. */
export function celRow(row: Reading): Said[] {
  return ROWS.get(row.text('EventName') ?? '')?.(row) ?? []
}

function started(row: Reading): Said[] {
  const party = row.party()
  const leg = newchannel(row)
  if (!party || row.isFirst()) return leg
  // The call's own direction comes before this in time: what came in and is passed on stays inbound.
  return [
    ...leg,
    { kind: 'DIALING', legId: row.legId(), ...party, direction: party.line === undefined ? undefined : 'OUTBOUND' },
  ]
}

function answered(row: Reading): Said[] {
  const party = row.party()
  if (!party) return []
  // The caller's own phone is up as soon as the other one is.
  if (party.extension !== undefined && row.isFirst() && !wasCalled(row)) return []
  return [{ kind: 'ANSWERED', legId: row.legId(), extension: party.extension, to: dialledNumber(row) }]
}

/** The second one to enter sees the first. */
function bridged(row: Reading): Said[] {
  const party = row.party()
  const peers = row.text('Peer')
  if (!party || peers === undefined || row.extra().bridge_technology === 'holding_bridge') return []
  if (party.extension !== undefined) return [{ kind: 'CONNECTED', legId: row.legId(), extension: party.extension }]
  return [{ kind: 'CONNECTED', extension: partyOfPeers(row.settings, peers)?.extension }]
}

function application(row: Reading): Said[] {
  if (row.text('Application') !== 'Queue') return []
  const from = row.party()?.line !== undefined ? row.text('CallerIDNum') : undefined
  return [{ kind: 'QUEUED', legId: row.legId(), from, queue: row.text('AppData')?.split(',')[0] }]
}

function blindTransfer(row: Reading): Said[] {
  return [
    { kind: 'TRANSFERRED', legId: row.legId(), extension: row.party()?.extension, to: said(row.extra().extension) },
  ]
}

function attendedTransfer(row: Reading): Said[] {
  const target = said(row.extra().transfer_target_channel_uniqueid)
  const toLegId = target === 'N/A' ? undefined : target
  return [{ kind: 'TRANSFERRED', legId: row.legId(), extension: row.party()?.extension, toLegId }]
}

function forwarded(row: Reading): Said[] {
  return [{ kind: 'SUMMARY', legId: row.legId(), outcome: 'FORWARDED' }]
}

function hungUp(row: Reading): Said[] {
  const party = row.party()
  if (!party) return []
  const { hangupcause, dialstatus } = row.extra()
  const cause = said(hangupcause)
  const legId = row.legId()
  const leg: Said = {
    kind: 'LEG_ENDED',
    legId,
    extension: party.extension,
    cause: cause === '0' ? undefined : cause,
    outcome: isCalled(row) ? REFUSED.get(cause ?? '') : undefined,
    to: dialledNumber(row),
  }
  const outcome = row.isFirst() ? outcomeOf(row, said(dialstatus), party.line !== undefined) : undefined
  return outcome === undefined ? [leg] : [leg, { kind: 'SUMMARY', legId, outcome }]
}

function ended(row: Reading): Said[] {
  const party = row.party()
  return party ? [{ kind: 'LEG_ENDED', legId: row.legId(), extension: party.extension }] : []
}

/** Where nobody's phone was the last, its legs tell the end; where none ever was, there is no call. */
function over(row: Reading): Said[] {
  return row.party() ? [{ kind: 'ENDED', legId: row.legId() }] : []
}

/** What the channel that began the call knows of how it ended: how its last attempt to reach somebody did, and whether it let go itself. */
function outcomeOf(row: Reading, status: string | undefined, outside: boolean): Outcome | undefined {
  if (status === 'ANSWER') return undefined
  const letGo = row.extra().hangupsource === row.text('Channel')
  if (outside && (status === 'CANCEL' || letGo)) return 'ABANDONED'
  return status === undefined ? undefined : (OUTCOMES.get(status) ?? 'OTHER')
}

const wasCalled = (row: Reading): boolean => CALLED.has(row.text('Application') ?? '')

const isCalled = (row: Reading): boolean => !row.isFirst() || wasCalled(row)

/** Called by Asterisk itself, an outside line has the number that was dialled for its own. */
const dialledNumber = (row: Reading): string | undefined =>
  row.party()?.line !== undefined && isCalled(row) && wasCalled(row) ? row.text('CallerIDNum') : undefined

const said = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined
