import type { Reading, Said } from './reading.js'

export function queueCallerJoin(event: Reading): Said[] {
  const from = event.party()?.line !== undefined ? event.callerNumber() : undefined
  return [{ kind: 'QUEUED', legId: event.legId(), from, queue: event.text('Queue') }]
}

export function agentCalled(event: Reading): Said[] {
  return [{ kind: 'DIALING', ...memberLeg(event) }]
}

export function agentConnect(event: Reading): Said[] {
  return [{ kind: 'CONNECTED', ...memberLeg(event) }]
}

/** The queue's word for a caller who gave up; each attempt to ring somebody says something else. */
export function queueCallerAbandon(event: Reading): Said[] {
  return [{ kind: 'SUMMARY', legId: event.legId(), queue: event.text('Queue'), outcome: 'ABANDONED' }]
}

/** A member reached by an inner channel has a leg of its own besides, of which other events tell. */
function memberLeg(event: Reading): Pick<Said, 'legId' | 'extension' | 'queue'> {
  const party = event.party('Dest')
  return {
    legId: party ? event.legId('Dest') : undefined,
    extension: event.member() ?? party?.extension,
    queue: event.text('Queue'),
  }
}
