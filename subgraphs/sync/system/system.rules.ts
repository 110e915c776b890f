import { type Actor, type Can, Role } from '../../../kernel/ability/index.js'

export const SYSTEM_FIELDS = ['id', 'name', 'kind', 'connector', 'state', 'lastSeenAt', 'backlog', 'gaps', 'lastError']

export function systemRules(can: Can, me: Actor): void {
  if (me.role === Role.ADMIN || me.role === Role.AUDITOR) can('read', 'System', SYSTEM_FIELDS)
  if (me.role === Role.ADMIN) can('update', 'System', ['gaps'])
}
