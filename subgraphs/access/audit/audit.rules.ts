import { type Actor, type Can, Role } from '../../../kernel/ability/index.js'

const AUDIT_FIELDS = [
  'id',
  'at',
  'actor',
  'program',
  'kind',
  'action',
  'subjectType',
  'subjectId',
  'fields',
  'grant',
  'system',
  'detail',
]

/** Nobody changes the audit, and only those who answer for the whole company read it. */
export function auditRules(can: Can, me: Actor): void {
  if (me.role === Role.ADMIN || me.role === Role.AUDITOR) can('read', 'AuditEntry', AUDIT_FIELDS)
}
