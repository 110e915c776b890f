import { OUTCOMES } from './outcomes.js'
import type { Reading, Said } from './reading.js'

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
      from: inbound ? event.callerNumber() : undefined,
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
  // The phone sent the call elsewhere; where to has a leg of its own.
  if (event.text('Forward') !== undefined) return [{ kind: 'LEG_ENDED', ...leg, outcome: 'FORWARDED' }]
  if (status !== 'ANSWER') return [{ kind: 'LEG_ENDED', ...leg, outcome: OUTCOMES.get(status) ?? 'OTHER' }]
  const answered: Said = { kind: 'ANSWERED', ...leg }
  if (callee.line === undefined || caller?.extension === undefined) return [answered]
  return [answered, { kind: 'CONNECTED', legId: event.legId(), extension: caller.extension }]
}

/** The number in `13812345678@trunk-1`, `PJSIP/13812345678@trunk-1,10`, `trunk-1/sip:13812345678@host`. */
export const numberIn = (dialString: string | undefined): string | undefined =>
  /(?:^|\/|sip:)(\+?[\d*#]+)@/.exec(dialString ?? '')?.[1]

/** What was dialled through the trunk; else whom the dial plan asked for. */
function dialledNumber(event: Reading): string | undefined {
  return numberIn(event.text('DialString')) ?? event.text('DestCallerIDNum') ?? event.text('DestExten')
}
