import { type Actor, type Can, Role } from '../../../kernel/ability/index.js'

export const RUN_FIELDS = [
  'id',
  'system',
  'name',
  'state',
  'progress',
  'records',
  'changed',
  'rejected',
  'startedAt',
  'endedAt',
  'expectedEnd',
  'error',
]

export function runRules(can: Can, me: Actor): void {
  if (me.role === Role.ADMIN || me.role === Role.AUDITOR) can('read', 'SyncRun', RUN_FIELDS)
}
