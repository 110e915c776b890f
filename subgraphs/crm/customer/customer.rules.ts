import { type Actor, type Can, inTeamOf, ownedBy, Role } from '../../../kernel/ability/index.js'

/** What every reader of a customer may see, names and notes apart. */
const FACTS = [
  'id',
  'version',
  'phone',
  'otherPhones',
  'email',
  'address',
  'company',
  'stage',
  'stageLabel',
  'source',
  'tags',
  'doNotCall',
  'extra',
  'owner',
  'team',
  'externalIds',
  'followUps',
  'deals',
  'consents',
  'createdAt',
  'updatedAt',
  'archivedAt',
]
export const CUSTOMER_FIELDS = [...FACTS, 'name']

const PERSONAL = [
  'phone',
  'otherPhones',
  'email',
  'address',
  'name',
  'company',
  'stageLabel',
  'source',
  'tags',
  'extra',
  'internalNote',
]
const PLAIN = [
  'name',
  'company',
  'stage',
  'stageLabel',
  'source',
  'tags',
  'email',
  'address',
  'extra',
  'internalNote',
  'phone',
  'doNotCall',
]

/** Fields an agent may change on their own customers: a number is only added, `doNotCall` is only set. */
export const AGENT_CHANGES = ['name', 'phone', 'stage', 'tags', 'doNotCall']

export function customerRules(can: Can, me: Actor): void {
  switch (me.role) {
    case Role.AGENT:
      can('read', 'Customer', CUSTOMER_FIELDS, ownedBy(me))
      can('create', 'Customer', AGENT_CHANGES)
      can('update', 'Customer', [...AGENT_CHANGES, 'consents'], ownedBy(me))
      can('dial', 'Customer', ['phone'], ownedBy(me))
      can('lookUp', 'Customer', ['phone'])
      break
    case Role.SUPERVISOR:
      can('read', 'Customer', [...CUSTOMER_FIELDS, 'internalNote'], inTeamOf(me))
      can('reveal', 'Customer', PERSONAL, inTeamOf(me))
      can('create', 'Customer', PLAIN)
      can('update', 'Customer', [...PLAIN, 'mayBeCalled', 'consents'], inTeamOf(me))
      can('dial', 'Customer', ['phone'], inTeamOf(me))
      can('assign', 'Customer', ['owner'], inTeamOf(me))
      can('lookUp', 'Customer', ['phone'])
      break
    case Role.ADMIN:
      can('read', 'Customer', [...CUSTOMER_FIELDS, 'internalNote'])
      can('reveal', 'Customer', PERSONAL)
      can('create', 'Customer', PLAIN)
      can('update', 'Customer', [...PLAIN, 'mayBeCalled', 'consents'])
      can('dial', 'Customer', ['phone'])
      can('assign', 'Customer', ['owner'])
      can('delete', 'Customer', ['id'])
      can('lookUp', 'Customer', ['phone'])
      break
    case Role.ANALYST:
    case Role.AUDITOR:
      can('read', 'Customer', FACTS)
      can('readMasked', 'Customer', ['name'])
      break
    case Role.PROGRAM:
      break
  }
}
