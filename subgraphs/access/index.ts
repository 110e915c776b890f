import type { SubgraphModule } from '../../kernel/subgraph/module.js'
import { AuditResolver } from './audit/audit.resolver.js'
import { auditRules } from './audit/audit.rules.js'
import { AuditEntry } from './audit/auditEntry.entity.js'
import { ConsentResolver } from './consent/consent.resolver.js'
import { ExplainResolver } from './explain/explain.resolver.js'
import { AccessGrant } from './grant/accessGrant.entity.js'
import { AccessGrantResolver } from './grant/grant.resolver.js'
import { grantRules } from './grant/grant.rules.js'
import { Holding } from './holding/holding.entity.js'
import { M20261123000100_access } from './migrations/M20261123000100_access.js'
import { M20261124000110_consent } from './migrations/M20261124000110_consent.js'
import { agentById } from './person/agent.js'
import { AgentResolver } from './person/agent.resolver.js'
import { Identity } from './person/identity.entity.js'
import { MeResolver } from './person/me.resolver.js'
import { Person } from './person/person.entity.js'
import { PersonResolver } from './person/person.resolver.js'
import { personRules } from './person/person.rules.js'
import { Customer } from './stubs.js'
import { Team } from './team/team.entity.js'
import { TeamResolver } from './team/team.resolver.js'
import { teamRules } from './team/team.rules.js'
import { TeamSupervisor } from './team/teamSupervisor.entity.js'

export const access: SubgraphModule = {
  name: 'access',
  entities: [Person, Identity, Team, TeamSupervisor, Holding, AccessGrant, AuditEntry],
  migrations: [M20261123000100_access, M20261124000110_consent],
  rules: [personRules, teamRules, grantRules, auditRules],
  resolvers: [
    PersonResolver,
    AgentResolver,
    MeResolver,
    TeamResolver,
    AccessGrantResolver,
    AuditResolver,
    ExplainResolver,
    ConsentResolver,
  ],
  referenceResolvers: {
    Agent: ({ id }, ctx) => agentById(ctx, id),
    Team: ({ id }, ctx) => ctx.byId(Team, id),
    Customer: async ({ id }) => ({ id }),
  },
  // Reached by reference only.
  orphanedTypes: [Customer],
}

export { applyConfig } from './config/applyConfig.js'
export { AccessGrant } from './grant/accessGrant.entity.js'
export { type Agent, agentById } from './person/agent.js'
export { accessPorts } from './ports.js'
