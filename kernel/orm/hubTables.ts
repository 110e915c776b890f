import type { EntityManager } from '@mikro-orm/postgresql'
import type { Generated, Kysely } from 'kysely'

/** The hub's own tables, which belong to no subgraph. */
export interface HubTables {
  'hub.audit_entry': AuditEntryTable
  'hub.feed_event': FeedEventTable
  'hub.feed_floor': { topic: string; seq: number }
  'hub.data_key': { id: string; subject_id: string; wrapped: Buffer; created_at: Date }
  'hub.budget_use': { person_id: string; kind: string; at: Date; count: number }
}

interface AuditEntryTable {
  id: Generated<string>
  at: Date
  actor_id: string | null
  program: string | null
  kind: string
  action: string
  subject_type: string | null
  subject_id: string | null
  customer_id: string | null
  fields: string[] | null
  grant_id: string | null
  system_id: string | null
  request_id: string | null
  detail: string | null
}

interface FeedEventTable {
  seq: Generated<number>
  topic: string
  at: Date
  epoch: number | null
  data: unknown
}

/** The hub's own tables through this entity manager's connection or transaction. They hold no rows of a person's to filter. */
export const hubTables = (em: EntityManager): Kysely<HubTables> => em.getKysely<HubTables>()
