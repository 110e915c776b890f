import { type Actor, type Can, inTeamOf, ownedBy, Role } from '../../../kernel/ability/index.js'

export const DEAL_FIELDS = ['id', 'version', 'customer', 'orderNo', 'title', 'amount', 'stage', 'closedAt']
const CHANGES = ['orderNo', 'title', 'amount', 'stage']

export function dealRules(can: Can, me: Actor): void {
  switch (me.role) {
    case Role.AGENT:
      can('read', 'Deal', DEAL_FIELDS, ownedBy(me))
      break
    case Role.SUPERVISOR:
      can('read', 'Deal', [...DEAL_FIELDS, 'cost'], inTeamOf(me))
      can('reveal', 'Deal', ['title'], inTeamOf(me))
      can(['create', 'update'], 'Deal', CHANGES, inTeamOf(me))
      break
    case Role.ADMIN:
      can('read', 'Deal', [...DEAL_FIELDS, 'cost'])
      can('reveal', 'Deal', ['title'])
      can(['create', 'update'], 'Deal', [...CHANGES, 'cost'])
      break
    case Role.ANALYST:
    case Role.AUDITOR:
      can('read', 'Deal', DEAL_FIELDS)
      break
    case Role.PROGRAM:
      break
  }
}
