import type { EntityManager } from '@mikro-orm/postgresql'
import type { Kernel } from '../../../kernel/context/index.js'
import type { CallOffer } from '../../../kernel/ports/index.js'
import { Call } from '../call/call.entity.js'
import { CallDirection } from '../call/enums.js'
import type { Incoming } from './applyFacts.js'

/** How many of the customer's latest calls an offered call opens besides itself. */
const LATEST = 5

/** Whom an inbound call is offered to, and what they may see for it; null where it is offered to nobody the hub knows. */
export async function offerOf(
  kernel: Kernel,
  em: EntityManager,
  call: Call,
  { state, desks, customers }: Incoming,
): Promise<CallOffer | null> {
  if (call.direction !== CallDirection.INBOUND) return null
  const agents = state.offeredTo.map(({ extension }) => desks.agentAt(state, extension)).filter(agent => agent !== null)
  if (agents.length === 0) return null
  const customerIds = call.customerId ? [call.customerId] : customers.map(({ id }) => id)
  const latest = call.customerId
    ? await em.find(
        Call,
        { customerId: call.customerId, id: { $ne: call.id } },
        { orderBy: { startedAt: 'desc' }, limit: LATEST, fields: ['id'] },
      )
    : []
  return {
    callId: call.id,
    agentIds: [...new Set(agents.map(({ id }) => id))],
    customerIds,
    callIds: [call.id, ...latest.map(({ id }) => id)],
    followUpIds: call.customerId ? await kernel.ports.customers.latestFollowUps(em, call.customerId, LATEST) : [],
    endedAt: call.endedAt,
  }
}
