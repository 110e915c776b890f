import { type Actor, type Can, Role } from '../../../kernel/ability/index.js'

const DISPOSITION_FIELDS = ['id', 'version', 'name', 'active']

/** Whoever works with calls knows the list; administrators write it. */
export function dispositionRules(can: Can, me: Actor): void {
  if (me.role === Role.PROGRAM) return
  can('read', 'Disposition', DISPOSITION_FIELDS)
  if (me.role === Role.ADMIN) can(['create', 'update'], 'Disposition', ['name', 'active'])
}
