import type { EntityManager } from '@mikro-orm/postgresql'
import type { ConsentPurpose, ConsentState } from '../consent.js'

/** What customers agreed to. Kept by the access subgraph. */
export interface Consents {
  /** The last word of each of these customers; who never said anything is not in it. */
  latest(
    em: EntityManager,
    customerIds: readonly string[],
    purpose: ConsentPurpose,
  ): Promise<ReadonlyMap<string, ConsentState>>
}
