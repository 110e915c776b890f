import { type Actor, type Can, inTeamOf, ownedBy, Role } from '../../../kernel/ability/index.js'

export const FOLLOW_UP_FIELDS = ['id', 'customer', 'author', 'channel', 'note', 'dueAt', 'doneAt', 'createdAt', 'call']
const CHANGES = ['channel', 'note', 'dueAt', 'doneAt', 'call']

export function followUpRules(can: Can, me: Actor): void {
  switch (me.role) {
    case Role.AGENT:
      can('read', 'FollowUp', FOLLOW_UP_FIELDS, ownedBy(me))
      can(['create', 'update'], 'FollowUp', CHANGES, ownedBy(me))
      break
    case Role.SUPERVISOR:
      can('read', 'FollowUp', FOLLOW_UP_FIELDS, inTeamOf(me))
      can('reveal', 'FollowUp', ['note'], inTeamOf(me))
      can(['create', 'update'], 'FollowUp', CHANGES, inTeamOf(me))
      break
    case Role.ADMIN:
      can('read', 'FollowUp', FOLLOW_UP_FIELDS)
      can('reveal', 'FollowUp', ['note'])
      can(['create', 'update'], 'FollowUp', CHANGES)
      break
    case Role.ANALYST:
    case Role.AUDITOR:
      can('read', 'FollowUp', FOLLOW_UP_FIELDS)
      break
    case Role.PROGRAM:
      break
  }
}
