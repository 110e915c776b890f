import type { EntityManager } from '@mikro-orm/postgresql'
import type { AuditRecord } from '../audit/auditRecord.js'

/** A row that was created, changed or deleted within a transaction. */
export interface RowChange {
  type: string
  kind: 'created' | 'updated' | 'deleted'
  id: string
  customerId: string | null
  /** Names of the properties that moved. */
  fields: string[]
  entity: object
}

export interface PendingEvent {
  topic: string
  data: Record<string, unknown>
}

/** A transaction under way: what it changed, what it says to the audit, and what it tells those who listen. */
export class Change {
  readonly rows: RowChange[] = []
  readonly records: AuditRecord[] = []
  readonly events: PendingEvent[] = []

  constructor(
    readonly em: EntityManager,
    readonly at: Date,
  ) {}

  /** Adds an entry to the audit. Row changes through the ORM add theirs by themselves. */
  record(record: AuditRecord): void {
    this.records.push(record)
  }

  /** Appends an event to the feed, as the last statement of the transaction. `data` holds ids, never a personal value. */
  emit(topic: string, data: Record<string, unknown>): void {
    this.events.push({ topic, data })
  }
}

const underWay = new WeakMap<EntityManager, Change>()

/** The transaction under way in this entity manager; undefined where there is none. */
export const changeOf = (em: EntityManager): Change | undefined => underWay.get(em)
export const begin = (change: Change): void => void underWay.set(change.em, change)
