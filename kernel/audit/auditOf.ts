import type { EntityManager } from '@mikro-orm/postgresql'
import { hubTables } from '../orm/index.js'
import type { AuditKind } from './auditRecord.js'

/** An entry of the audit, as the hub itself reads it to tell of a record. */
export interface AuditedAct {
  at: Date
  actorId: string | null
  kind: AuditKind
  action: string
  fields: string[] | null
  detail: Record<string, unknown> | null
}

/** What was done to one record, oldest first; of very many acts the newest `most`. */
export async function auditOf(
  em: EntityManager,
  subject: { type: string; id: string },
  most: number,
): Promise<AuditedAct[]> {
  const rows = await hubTables(em)
    .selectFrom('hub.audit_entry')
    .select(['at', 'actor_id as actorId', 'kind', 'action', 'fields', 'detail'])
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(row => ({ ...row, at: new Date(row.at) }) as unknown as AuditedAct).reverse()
}
