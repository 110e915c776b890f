import type { Outcome } from '../../kernel/ports/index.js'
import type { Reading, Said } from './reading.js'

/** How an attempt to reach somebody ended. Hang-up causes do not tell it: a cancelled call had 127. */
const OUTCOMES: Record<string, Outcome> = {
  BUSY: 'BUSY',
  NOANSWER: 'NO_ANSWER',
  CANCEL: 'CANCELLED',
  ABORT: 'CANCELLED',
  CONGESTION: 'CONGESTION',
  CHANUNAVAIL: 'FAILED',
}

/** A call that leaves by a trunk is outbound, unless it came in by one; where Asterisk itself dials first, there is no caller yet. */
export function dialBegin(event: Reading): Said[] {
  const caller = event.party()
  const callee = event.party('Dest')
  if (!callee) return []
  const inbound = caller?.line !== undefined
  return [
    {
      kind: 'DIALING',
      legId: event.legId('Dest'),
      ...callee,
      direction: inbound ? 'INBOUND' : callee.line !== undefined ? 'OUTBOUND' : undefined,
      from: inbound ? event.text('CallerIDNum') : undefined,
      to: callee.extension === undefined ? dialledNumber(event) : undefined,
    },
  ]
}

export function dialState(event: Reading): Said[] {
  const callee = event.party('Dest')
  if (!callee || event.text('DialStatus') !== 'RINGING') return []
  return [{ kind: 'RINGING', legId: event.legId('Dest'), extension: callee.extension }]
}

export function dialEnd(event: Reading): Said[] {
  const caller = event.party()
  const callee = event.party('Dest')
  const status = event.text('DialStatus')
  if (!callee || status === undefined) return []
  const leg = { legId: event.legId('Dest'), extension: callee.extension }
  if (status !== 'ANSWER') return [{ kind: 'LEG_ENDED', ...leg, outcome: OUTCOMES[status] ?? 'OTHER' }]
  const answered: Said = { kind: 'ANSWERED', ...leg }
  if (callee.line === undefined || caller?.extension === undefined) return [answered]
  return [answered, { kind: 'CONNECTED', legId: event.legId(), extension: caller.extension }]
}

/** `13812345678@trunk-1`, `trunk-1/sip:13812345678@host`; else whom the dial plan asked for. */
function dialledNumber(event: Reading): string | undefined {
  const dialled = /(?:^|sip:)(\+?[\d*#]+)@/.exec(event.text('DialString') ?? '')?.[1]
  return dialled ?? event.text('DestCallerIDNum') ?? event.text('DestExten')
}
