import type { SubgraphModule } from '../../kernel/subgraph/module.js'
import { AuditEntry } from './audit/auditEntry.entity.js'
import { AccessGrant } from './grant/accessGrant.entity.js'
import { Holding } from './holding/holding.entity.js'
import { M20261123000100_access } from './migrations/M20261123000100_access.js'
import { Identity } from './person/identity.entity.js'
import { Person } from './person/person.entity.js'
import { Team } from './team/team.entity.js'
import { TeamSupervisor } from './team/teamSupervisor.entity.js'

export const access: SubgraphModule = {
  name: 'access',
  entities: [Person, Identity, Team, TeamSupervisor, Holding, AccessGrant, AuditEntry],
  migrations: [M20261123000100_access],
  rules: [],
  resolvers: [],
  referenceResolvers: {},
}

export { applyConfig } from './config/applyConfig.js'
export { accessPorts } from './ports.js'
