import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import { column, rowsOf } from '../../../kernel/orm/index.js'
import type { CallOffer } from '../../../kernel/ports/index.js'
import { Call } from '../call/call.entity.js'

/** How many of the customer's latest calls an offered call opens besides itself. */
const LATEST = 5

/** What a call that is offered to these people opens to them: one customer with their latest calls and follow-ups, or candidates. */
export async function offerOf(
  kernel: Kernel,
  em: EntityManager,
  call: Call,
  agentIds: readonly string[],
  candidateIds: readonly string[],
): Promise<CallOffer> {
  const customerIds = call.customerId ? [call.customerId] : [...candidateIds]
  const latest = call.customerId ? await latestCalls(em, call.customerId, call.id) : []
  return {
    callId: call.id,
    agentIds: [...new Set(agentIds)],
    customerIds,
    callIds: [call.id, ...latest],
    followUpIds: call.customerId ? await kernel.ports.customers.latestFollowUps(em, call.customerId, LATEST) : [],
    endedAt: call.endedAt,
  }
}

async function latestCalls(em: EntityManager, customerId: string, besides: string): Promise<string[]> {
  const col = (property: string) => column(em, Call, property)
  const calls = await rowsOf<Call>(em, Call, { select: ['id'] })
    .where(sql<boolean>`${col('customerId')} = ${customerId}::uuid and ${col('id')} <> ${besides}::uuid`)
    .orderBy(col('startedAt'), 'desc')
    .limit(LATEST)
    .execute()
  return calls.map(({ id }) => id)
}
