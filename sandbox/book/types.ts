import type { Queue } from '../agents.js'

export type CustomerStage = 'LEAD' | 'CONTACTED' | 'QUALIFIED' | 'WON' | 'LOST'
export type DealStage = 'OPEN' | 'WON' | 'LOST'
export type Channel = 'PHONE' | 'VISIT' | 'EMAIL' | 'CHAT' | 'OTHER'
export type SandboxOutcome = 'ANSWERED' | 'NO_ANSWER' | 'ABANDONED' | 'BUSY'

/** A customer as the sandbox CRM holds it. Phones: 11 digits for mobiles, area code and number for landlines, E.164 for foreign ones. */
export interface SandboxCustomer {
  /** The CRM's id: `cus-0001`. */
  id: string
  name: string
  phone: string
  otherPhones: string[]
  email: string | null
  address: string | null
  company: string | null
  stage: CustomerStage
  /** The stage in the CRM's own words. */
  stageLabel: string
  source: string
  tags: string[]
  doNotCall: boolean
  /** One of the four agents; null is the pool. */
  ownerId: string | null
  createdAt: Date
  updatedAt: Date
}

export interface SandboxDeal {
  id: string
  customerId: string
  orderNo: string
  title: string
  /** Yuan with two decimals. */
  amount: string
  cost: string
  currency: 'CNY'
  stage: DealStage
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
}

export interface SandboxFollowUp {
  id: string
  customerId: string
  authorId: string
  channel: Channel
  note: string
  createdAt: Date
  dueAt: Date | null
  doneAt: Date | null
}

/** A finished call of the past, as a bulk load needs it. Times are whole seconds; durations are seconds. */
export interface SandboxCall {
  /** The PBX's id: `past-00001`. */
  id: string
  direction: 'INBOUND' | 'OUTBOUND'
  /** The outside party in canonical form. */
  customerPhone: string
  /** Customers with this number: none (a stranger), one, or several (a family, a switchboard). */
  customerIds: string[]
  /** As the PBX wrote them. */
  from: string
  to: string
  line: string
  queue: Queue | null
  /** Who handled it, or was rung; null where a caller gave up in the queue. */
  agentId: string | null
  extension: string | null
  startedAt: Date
  ringingAt: Date | null
  answeredAt: Date | null
  endedAt: Date
  ringSeconds: number
  talkSeconds: number
  durationSeconds: number
  outcome: SandboxOutcome
  /** Q.850. */
  hangupCause: string
  disposition: string | null
  /** The caller's mark from 1 to 5, given after some answered queue calls. */
  rating: number | null
}
