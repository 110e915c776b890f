import { z } from 'zod'
import { agentAt, mainNumber, type SandboxAgent, sandboxAgents, sandboxTrunks } from '../agents.js'
import type { SandboxCustomer } from '../book/types.js'
import { Refusal } from '../http/refusal.js'
import type { CallPlan } from './liveCall.js'

const extension = z.string().refine(value => agentAt(value) !== undefined, 'no such extension')
const seconds = z.number().min(0).max(3600)

/** Body of `POST /control/call`. Who is not named is chosen: the customer's owner, a customer of the agent, whoever of the queue is free. */
export const chosenCallInput = z.strictObject({
  customerId: z.string().optional(),
  number: z.string().min(1).max(32).optional(),
  agentId: z.enum(sandboxAgents.map(({ id }) => id) as [string, ...string[]]).optional(),
  extension: extension.optional(),
  direction: z.enum(['inbound', 'outbound']).default('inbound'),
  queue: z.enum(['sales', 'service']).optional(),
  outcome: z.enum(['answered', 'no_answer', 'abandoned', 'busy']).default('answered'),
  ringSeconds: seconds.default(8),
  talkSeconds: seconds.default(30),
  hold: z.strictObject({ afterSeconds: seconds, seconds }).optional(),
  transfer: z.strictObject({ afterSeconds: seconds, to: extension }).optional(),
  consent: z.enum(['granted', 'declined']).nullable().default('granted'),
  rating: z.number().int().min(1).max(5).nullable().default(null),
})
export type ChosenCallInput = z.output<typeof chosenCallInput>

/** The call somebody asked for. Refuses a customer who does not exist. */
export function chosenPlan(input: ChosenCallInput, customers: readonly SandboxCustomer[]): CallPlan {
  const named = sandboxAgents.find(({ id, extension }) => id === input.agentId || extension === input.extension)
  const customer = input.number === undefined ? chosenCustomer(input, customers, named) : undefined
  const agent = named ?? sandboxAgents.find(({ id }) => id === customer?.ownerId) ?? sandboxAgents[0]!
  const number = input.number ?? customer!.phone
  const inbound = input.direction === 'inbound'
  const queue = inbound ? (input.queue ?? null) : null
  const { hold, transfer } = input
  const durations = { ringMs: input.ringSeconds * 1000, talkMs: input.talkSeconds * 1000 }
  return {
    direction: input.direction,
    from: inbound ? number : agent.extension,
    to: inbound ? (queue ? mainNumber : agent.extension) : number,
    line: sandboxTrunks[0],
    queue,
    extension: queue && !named ? null : agent.extension,
    ringAgentFirst: false,
    outcome: input.outcome,
    patienceMs: 60_000,
    ...durations,
    hold: hold ? { afterMs: hold.afterSeconds * 1000, forMs: hold.seconds * 1000 } : null,
    transfer: transfer ? { afterMs: transfer.afterSeconds * 1000, to: transfer.to, ...durations } : null,
    consent: input.consent,
    rating: input.rating,
    chosen: true,
  }
}

function chosenCustomer(
  input: ChosenCallInput,
  customers: readonly SandboxCustomer[],
  agent: SandboxAgent | undefined,
) {
  const fits = ({ id, ownerId }: SandboxCustomer) =>
    input.customerId ? id === input.customerId : agent === undefined || ownerId === agent.id
  const customer = customers.find(fits)
  if (!customer) throw new Refusal(404, 'no_such_customer', { field: 'customerId' })
  return customer
}
