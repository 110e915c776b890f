import { type Actor, type Can, inTeamOf, Role } from '../../../kernel/ability/index.js'

export const ALERT_FIELDS = [
  'id',
  'severity',
  'kind',
  'title',
  'effect',
  'nextStep',
  'affected',
  'system',
  'owner',
  'openedAt',
  'acknowledgedBy',
  'closedAt',
]

export function alertRules(can: Can, me: Actor): void {
  if (me.role === Role.SUPERVISOR) {
    can('read', 'Alert', ALERT_FIELDS, inTeamOf(me))
    can('update', 'Alert', ['acknowledgedBy'], inTeamOf(me))
  }
  if (me.role === Role.ADMIN) {
    can('read', 'Alert', ALERT_FIELDS)
    can('update', 'Alert', ['acknowledgedBy'])
  }
  if (me.role === Role.AUDITOR) can('read', 'Alert', ALERT_FIELDS)
}
