import { type SandboxAgent, sandboxAgents } from '../agents.js'
import type { Random } from '../random.js'
import { strangers } from './strangers.js'
import type { SandboxCustomer } from './types.js'

/** Somebody on the other end of a line. */
export interface Caller {
  phone: string
  /** Customers with this number. */
  customerIds: string[]
  /** The agent who cares for them. */
  owner: SandboxAgent | undefined
  doNotCall: boolean
}

/** Draws outside parties: mostly customers, of whom some talk to us far more often than others, and some strangers. */
export class Callers {
  readonly #random: Random
  readonly #customers: readonly Caller[]
  readonly #strangers: readonly Caller[]
  readonly #knownShare: number

  constructor(
    random: Random,
    customers: readonly SandboxCustomer[],
    options: { strangers: number; knownShare: number },
  ) {
    this.#random = random
    this.#customers = callersOf(customers)
    this.#strangers = strangers(random, customers, options.strangers).map(phone => callerOf(phone, []))
    this.#knownShare = options.knownShare
  }

  draw(): Caller {
    if (this.#customers.length === 0 || !this.#random.chance(this.#knownShare))
      return this.#random.pick(this.#strangers)
    const rank = Math.floor(this.#customers.length * this.#random.next() ** 2.2)
    return this.#customers[rank]!
  }

  /** Somebody who may be called. */
  drawCallable(): Caller {
    const caller = this.draw()
    return caller.doNotCall ? this.drawCallable() : caller
  }

  /** Whom the agent of this caller would be: their owner, else anyone of the team. */
  agentFor(caller: Caller): SandboxAgent {
    return caller.owner ?? this.#random.pick(sandboxAgents)
  }
}

/** One caller per customer, with everybody who shares the number. */
export function callersOf(customers: readonly SandboxCustomer[]): Caller[] {
  const holders = Map.groupBy(
    customers.flatMap(customer => [customer.phone, ...customer.otherPhones].map(phone => ({ phone, customer }))),
    ({ phone }) => phone,
  )
  return customers.map(({ phone }) =>
    callerOf(
      phone,
      holders.get(phone)!.map(({ customer }) => customer),
    ),
  )
}

const callerOf = (phone: string, holders: readonly SandboxCustomer[]): Caller => ({
  phone,
  customerIds: holders.map(({ id }) => id),
  owner: sandboxAgents.find(({ id }) => id === holders[0]?.ownerId),
  doNotCall: holders.some(({ doNotCall }) => doNotCall),
})
