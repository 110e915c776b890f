import type { SubgraphModule } from '../../kernel/subgraph/module.js'
import { Call } from './call/call.entity.js'
import { AgentCallsResolver, CallLegResolver, CallResolver, CustomerCallsResolver } from './call/call.resolver.js'
import { callRules } from './call/call.rules.js'
import { CallUpdatedResolver } from './live/callUpdated.resolver.js'
import { M20261123000300_call } from './migrations/M20261123000300_call.js'

export const call: SubgraphModule = {
  name: 'call',
  entities: [Call],
  migrations: [M20261123000300_call],
  rules: [callRules],
  resolvers: [CallResolver, CallLegResolver, CustomerCallsResolver, AgentCallsResolver, CallUpdatedResolver],
  referenceResolvers: {
    Call: ({ id }, ctx) => ctx.byId(Call, id),
    Customer: async ({ id }) => ({ id }),
    Agent: async ({ id }) => ({ id }),
  },
}

export { applyFacts } from './apply/applyFacts.js'
export { expireFacts } from './apply/facts.js'
export { openCalls } from './apply/openCalls.js'
export { CallDirection, CallOutcome } from './call/enums.js'
export { CallFollower } from './follower.js'
export { type CallRecord, loadCallBatch } from './load/callBatch.js'
export { loadCalls } from './load/loadCalls.js'
export type { HistoricCall } from './load/newCalls.js'
export { callPorts } from './ports.js'
