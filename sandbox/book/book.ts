import { sandboxCustomers } from './customers.js'
import { sandboxDeals } from './deals.js'
import { sandboxFollowUps } from './followUps.js'
import type { SandboxCustomer, SandboxDeal, SandboxFollowUp } from './types.js'

export interface SandboxBook {
  customers: SandboxCustomer[]
  deals: SandboxDeal[]
  followUps: SandboxFollowUp[]
}

/** Everything the sandbox CRM holds on its first day. */
export function sandboxBook(seed: number, until: Date): SandboxBook {
  const customers = sandboxCustomers(seed, until)
  return {
    customers,
    deals: sandboxDeals(seed, until, customers),
    followUps: sandboxFollowUps(seed, until, customers),
  }
}
