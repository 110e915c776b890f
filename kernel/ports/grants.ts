import type { EntityManager } from '@mikro-orm/postgresql'
import type { ActiveGrant } from '../ability/index.js'
import type { Change } from '../changes/index.js'

/** Where the grants in force come from. Kept by the access subgraph. */
export interface GrantSource {
  grantsOf(em: EntityManager, personId: string, now: Date): Promise<ActiveGrant[]>
}

/** A call offered to an agent opens the one matching customer to them, from ringing to 30 minutes after hang-up. */
export interface AutomaticGrants {
  /**
   * Within the transaction that learns of the ringing, or of the customer's being chosen from several; safe to repeat. Several candidates
   * open masked names only.
   */
  offered(change: Change, offers: readonly CallOffer[]): Promise<void>
  /** The calls have ended: their grants end 30 minutes later. */
  ended(change: Change, calls: readonly { callId: string; endedAt: Date }[]): Promise<void>
}

export interface CallOffer {
  callId: string
  /** Person ids of the agents it rings at. */
  agentIds: string[]
  customerIds: string[]
  /** The call itself and the customer's latest calls before it. */
  callIds: string[]
  /** The customer's latest follow-ups. */
  followUpIds: string[]
  /** When the call was over, if it already is: its ringing may be heard of late. */
  endedAt: Date | null
}
