import { type Actor, type Can, inTeamOf, Role } from '../../../kernel/ability/index.js'

const PERSON_FIELDS = ['id', 'version', 'name', 'role', 'team', 'state', 'deputy', 'extensions']
const AGENT_FIELDS = ['id', 'name', 'extension', 'team', 'state']

/** Who somebody is, and nothing of their standing. */
const PERSON_NAMES = ['id', 'version', 'name', 'team']
const AGENT_NAMES = ['id', 'name', 'team']

const EDITABLE = ['name', 'role', 'team', 'state', 'deputy', 'extensions', 'identities']

export function personRules(can: Can, me: Actor): void {
  const myself = { id: me.id }
  can('read', 'Person', PERSON_FIELDS, myself)
  can('read', 'Agent', AGENT_FIELDS, myself)
  switch (me.role) {
    case Role.AGENT:
      if (me.teamId !== null) {
        const colleague = { teamId: me.teamId }
        can('read', 'Person', PERSON_NAMES, colleague)
        can('read', 'Agent', AGENT_NAMES, colleague)
      }
      break
    case Role.SUPERVISOR:
      can('read', 'Person', PERSON_FIELDS, inTeamOf(me))
      can('read', 'Agent', AGENT_FIELDS, inTeamOf(me))
      break
    case Role.ADMIN:
      can('read', 'Person', PERSON_FIELDS)
      can('read', 'Agent', AGENT_FIELDS)
      can(['create', 'update'], 'Person', EDITABLE)
      break
    case Role.AUDITOR:
      can('read', 'Person', PERSON_FIELDS)
      can('read', 'Agent', AGENT_FIELDS)
      break
    case Role.ANALYST:
      can('read', 'Person', PERSON_NAMES)
      can('read', 'Agent', AGENT_NAMES)
      break
    case Role.PROGRAM:
      break
  }
}
