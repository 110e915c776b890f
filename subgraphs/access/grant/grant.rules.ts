import { type Actor, type Can, inTeamOf, Role } from '../../../kernel/ability/index.js'

const GRANT_FIELDS = ['id', 'person', 'automatic', 'startsAt', 'endsAt', 'endedAt', 'endedBy', 'reads']

export function grantRules(can: Can, me: Actor): void {
  can('read', 'AccessGrant', GRANT_FIELDS, { personId: me.id })
  if (me.role === Role.SUPERVISOR) can('read', 'AccessGrant', GRANT_FIELDS, inTeamOf(me))
  if (me.role === Role.ADMIN || me.role === Role.AUDITOR) can('read', 'AccessGrant', GRANT_FIELDS)
}
