import type { EntityManager } from '@mikro-orm/postgresql'
import { hubTables } from '../orm/index.js'
import { viewerOf } from '../orm/viewer.js'

export type AuditKind = 'SYNC' | 'CHANGE' | 'PERMISSION' | 'ACCESS'

/** One thing worth answering for. Holds names of fields and ids, never a value. */
export interface AuditRecord {
  kind: AuditKind
  /** Verb in the past tense after its noun: `Customer.updated`, `phone.revealed`. */
  action: string
  subjectType?: string
  subjectId?: string
  customerId?: string | null
  fields?: string[]
  grantId?: string | null
  detail?: Record<string, string | number | boolean | null | string[]>
}

/** A statement takes no more than 65,535 values. */
const BATCH = 1000

/** Writes the records into this entity manager's transaction, in the name of its viewer. */
export async function writeAudit(em: EntityManager, at: Date, records: readonly AuditRecord[]): Promise<void> {
  for (let from = 0; from < records.length; from += BATCH) await insert(em, at, records.slice(from, from + BATCH))
}

async function insert(em: EntityManager, at: Date, records: readonly AuditRecord[]): Promise<void> {
  const { actor, systemId, requestId } = viewerOf(em)
  await hubTables(em)
    .insertInto('hub.audit_entry')
    .values(
      records.map(record => ({
        at,
        actor_id: actor?.id ?? null,
        program: actor ? null : 'hub',
        kind: record.kind,
        action: record.action,
        subject_type: record.subjectType ?? null,
        subject_id: record.subjectId ?? null,
        customer_id: record.customerId ?? null,
        fields: record.fields ?? null,
        grant_id: record.grantId ?? null,
        system_id: systemId,
        request_id: requestId,
        detail: record.detail ? JSON.stringify(record.detail) : null,
      })),
    )
    .execute()
}
