import { type Actor, type Can, Role } from '../../../kernel/ability/index.js'

const TEAM_FIELDS = ['id', 'version', 'name', 'parent', 'supervisors', 'agents']
const EDITABLE = ['name', 'parent', 'supervisors']

/** Conditions stand on the id alone: other subgraphs refer to teams by nothing else. */
export function teamRules(can: Can, me: Actor): void {
  if (me.teamId !== null) can('read', 'Team', TEAM_FIELDS, { id: me.teamId })
  switch (me.role) {
    case Role.SUPERVISOR:
      can('read', 'Team', TEAM_FIELDS, { id: { $in: me.supervisedTeamIds } })
      break
    case Role.ADMIN:
      can('read', 'Team', TEAM_FIELDS)
      can(['create', 'update'], 'Team', EDITABLE)
      break
    case Role.AUDITOR:
    case Role.ANALYST:
      can('read', 'Team', TEAM_FIELDS)
      break
    case Role.AGENT:
    case Role.PROGRAM:
      break
  }
}
