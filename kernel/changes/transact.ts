import type { EntityManager } from '@mikro-orm/postgresql'
import { type AuditRecord, writeAudit } from '../audit/auditRecord.js'
import type { Clock } from '../clock.js'
import { appendEvents } from '../feed/appendEvents.js'
import { begin, Change, type RowChange } from './change.js'

/** Told of every row change in the transaction that makes it; the sync subgraph makes its deliveries due here. */
export interface ChangeSink {
  changed(em: EntityManager, rows: readonly RowChange[]): Promise<void>
}

export interface TransactDeps {
  clock: Clock
  sinks: readonly ChangeSink[]
  /** Called after commit with the topics that have news. */
  wake(topics: readonly string[]): void
}

/**
 * Runs `work` in one transaction and adds to it what belongs to it: audit entries, what the sinks make of the changes, and last of all the
 * feed events, under their topics' locks, so that the order of their numbers is the order of commits.
 */
export async function transact<T>(
  em: EntityManager,
  deps: TransactDeps,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  let topics: string[] = []
  const result = await em.transactional(async tx => {
    const change = new Change(tx as EntityManager, deps.clock.now())
    begin(change)
    const value = await work(change)
    await change.em.flush()
    for (const sink of deps.sinks) await sink.changed(change.em, change.rows)
    await writeAudit(change.em, change.at, [...change.rows.filter(isAudited).map(auditOf), ...change.records])
    topics = await appendEvents(change.em, change.at, change.events)
    return value
  })
  if (topics.length > 0) deps.wake(topics)
  return result
}

/** An entity that is only a detail of another one says so: `static readonly audited = false`. */
const isAudited = ({ entity }: RowChange): boolean => (entity.constructor as { audited?: boolean }).audited !== false

const auditOf = ({ type, kind, id, customerId, fields }: RowChange): AuditRecord => ({
  kind: 'CHANGE',
  action: `${type}.${kind}`,
  subjectType: type,
  subjectId: id,
  customerId,
  ...(fields.length > 0 ? { fields } : {}),
})
