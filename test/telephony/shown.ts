import { expect } from 'vitest'
import type { CallState } from '../../subgraphs/call/call/callState.js'
import type { TestHub } from '../kit/startHub.js'

const CALL = `query($after: Cursor) { calls(first: 100, after: $after) { nodes {
  externalId system { id } direction status outcome hangupCause lineId queue agent { extension }
  startedAt ringingAt answeredAt endedAt ringSeconds talkSeconds durationSeconds
  customer { name } customerPhone { masked region }
  legs { id startedAt answeredAt endedAt transferredTo agent { extension } party { masked } }
} } }`

/** The call that the phone system calls so, as the administrator sees it. */
export async function shownCall(hub: TestHub, externalId: string) {
  const { calls } = await hub.as('admin').query(CALL)
  return calls.nodes.find((one: { externalId: string }) => one.externalId === externalId)
}

const masked = (number: string | undefined) =>
  number === undefined ? null : { masked: `${number.slice(0, 3)}****${number.slice(-4)}` }
const agentOf = (extension: string | undefined) => (extension === undefined ? null : { extension })

/** How the graph shows a call that is known so. */
export const shown = ({ legs, customerNumber, agentExtension, queuedAt, heldAt, offeredTo, ...state }: CallState) => ({
  direction: state.direction,
  status: state.status,
  outcome: state.outcome ?? null,
  hangupCause: state.hangupCause ?? null,
  lineId: state.lineId ?? null,
  queue: state.queue ?? null,
  agent: agentOf(agentExtension),
  startedAt: state.startedAt,
  ringingAt: state.ringingAt ?? null,
  answeredAt: state.answeredAt ?? null,
  endedAt: state.endedAt ?? null,
  ringSeconds: state.ringSeconds ?? null,
  talkSeconds: state.talkSeconds ?? null,
  durationSeconds: state.durationSeconds ?? null,
  customerPhone: customerNumber === undefined ? null : expect.objectContaining(masked(customerNumber)!),
  legs: legs.map(leg => ({
    id: leg.id,
    startedAt: leg.startedAt ?? null,
    answeredAt: leg.answeredAt ?? null,
    endedAt: leg.endedAt ?? null,
    transferredTo: leg.transferredTo ?? null,
    agent: agentOf(leg.extension),
    party: masked(leg.number),
  })),
})
