import type { EntityManager } from '@mikro-orm/postgresql'

/** What others need to know of a call: whose it is, by the columns that rules read. */
export interface CallRef {
  id: string
  customerId: string | null
  ownerId: string | null
  teamId: string | null
  agentId: string | null
}

/** Kept by the call subgraph. */
export interface CallLookup {
  byId(em: EntityManager, ids: readonly string[]): Promise<Map<string, CallRef>>
}
