import { type PhoneKind, PhoneNumber } from '../../../kernel/sensitive/index.js'
import type { Call } from './call.entity.js'
import type { CallLeg } from './callLeg.js'
import type { StoredLeg } from './storedLeg.js'

/** The legs of a call as the graph shows them. */
export function legsOf(call: Call): CallLeg[] {
  const { id: callId, agentId, ownerId, teamId, customerId } = call
  return call.legs.map(leg => ({
    id: leg.id,
    party: partyOf(call, leg),
    startedAt: leg.startedAt,
    answeredAt: leg.answeredAt,
    endedAt: leg.endedAt,
    transferredTo: leg.transferredTo,
    legAgentId: leg.agentId,
    legTeamId: leg.teamId,
    callId,
    agentId,
    ownerId,
    teamId,
    customerId,
  }))
}

function partyOf(call: Call, { id, party }: StoredLeg): PhoneNumber | null {
  if (!party) return null
  const facts = {
    id: `${call.id}:${id}`,
    kind: party.kind as PhoneKind,
    region: party.region,
    carrier: party.carrier,
    source: call.systemId,
  }
  return new PhoneNumber(party.masked, Buffer.from(party.cipher, 'base64'), facts)
}
