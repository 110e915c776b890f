import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import type { CallOffer } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'
import type { Call } from '../call/call.entity.js'

/** How many of the customer's latest calls an offered call opens besides itself, and of their follow-ups. */
const LATEST = 5

/** A call that is offered to these people; `candidateIds` where nobody has said whose of several it is. */
export interface Offered {
  call: Call
  agentIds: readonly string[]
  candidateIds: readonly string[]
}

/** What calls that are offered open: one customer each with their latest calls and follow-ups, or candidates. */
export async function offersOf(kernel: Kernel, em: EntityManager, offered: readonly Offered[]): Promise<CallOffer[]> {
  const known = offered.map(({ call }) => call).filter(({ customerId }) => customerId !== null)
  const customerIds = known.map(({ customerId }) => customerId!)
  const calls = known.length > 0 ? await latestCalls(em, known) : new Map<string, string[]>()
  const followUps = known.length > 0 ? await kernel.ports.customers.latestFollowUps(em, customerIds, LATEST) : new Map()
  return offered.map(({ call, agentIds, candidateIds }) => ({
    callId: call.id,
    agentIds: [...new Set(agentIds)],
    customerIds: call.customerId ? [call.customerId] : [...candidateIds],
    callIds: [call.id, ...(calls.get(call.id) ?? [])],
    followUpIds: (call.customerId && followUps.get(call.customerId)) || [],
    endedAt: call.endedAt,
  }))
}

/** Of each call, the latest others of the same customer. */
async function latestCalls(em: EntityManager, calls: readonly Call[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ of: string; id: string }>`
    select c.id as of, r.id
    from unnest(${calls.map(({ id }) => id)}::uuid[], ${calls.map(({ customerId }) => customerId)}::uuid[]) as c(id, customer_id)
    cross join lateral (
      select id from call.call where customer_id = c.customer_id and id <> c.id
      order by started_at desc, id desc limit ${LATEST}) r`.execute(em.getKysely<unknown>())
  const latest = new Map<string, string[]>()
  for (const { of, id } of rows) remember(latest, of, () => []).push(id)
  return latest
}
