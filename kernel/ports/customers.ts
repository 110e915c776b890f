import type { EntityManager } from '@mikro-orm/postgresql'
import type { PhoneKind } from '../sensitive/index.js'

/** What a call needs to know of a customer. */
export interface CustomerRef {
  id: string
  ownerId: string | null
  teamId: string | null
}

/** A number of a customer as it is stored; `index` is null where it is no number at all. */
export interface StoredNumber {
  masked: string
  cipher: Buffer | null
  index: string | null
  kind: PhoneKind
}

/** Who has this number. Kept by the crm subgraph. A look-up creates nothing. */
export interface CustomerLookup {
  /**
   * Until the transaction ends no number is given to a customer elsewhere: what is loaded in bulk and looks at many numbers must not pass by
   * a customer who gets one of them at this moment.
   */
  holdNumbers(em: EntityManager): Promise<void>
  /**
   * Until the transaction ends, nobody gives these numbers to a customer, nor any customer to somebody else: whoever ties a call to a customer either sees
   * such a change or is seen by whoever makes it. To be asked before rows of calls are held, since those hold them afterwards.
   */
  holdStill(em: EntityManager, indexes: readonly string[]): Promise<void>
  byPhoneIndex(em: EntityManager, indexes: readonly string[]): Promise<Map<string, CustomerRef[]>>
  /** Ids of those who had this number when they were put away: they are nobody's customers any more, but what they said about calls still holds. */
  putAwayWith(em: EntityManager, phoneIndex: string): Promise<string[]>
  byId(em: EntityManager, ids: readonly string[]): Promise<Map<string, CustomerRef>>
  /** The customer and their number of this id, or their first one, to be dialled; null where there is no such customer or number. */
  toDial(
    em: EntityManager,
    by: { customerId: string } | { phoneId: string },
  ): Promise<{ customer: CustomerRef; number: StoredNumber | null } | null>
  /** Which of these want no calls. */
  notToCall(em: EntityManager, ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Ids of the newest follow-ups of each customer. */
  latestFollowUps(em: EntityManager, customerIds: readonly string[], limit: number): Promise<Map<string, string[]>>
}

/** Told when customers get other owners or teams, or new numbers, so that rows of other subgraphs carry what rules need. */
export interface CustomerFollower {
  /** In the transaction that moves them. */
  moved(em: EntityManager, customers: readonly CustomerRef[]): Promise<void>
  /** These numbers now belong to customers: calls that waited unlinked are linked by themselves. */
  numbersKnown(em: EntityManager, phoneIndexes: readonly string[]): Promise<void>
}
