import type { SubgraphModule } from '../../kernel/subgraph/module.js'
import { Call } from './call/call.entity.js'
import { AgentCallsResolver, CallLegResolver, CallResolver, CustomerCallsResolver } from './call/call.resolver.js'
import { callRules } from './call/call.rules.js'
import { DialResolver } from './dial/dial.resolver.js'
import { Disposition } from './disposition/disposition.entity.js'
import { DispositionResolver } from './disposition/disposition.resolver.js'
import { dispositionRules } from './disposition/disposition.rules.js'
import { CallUpdatedResolver } from './live/callUpdated.resolver.js'
import { M20261123000300_call } from './migrations/M20261123000300_call.js'
import { M20261124000300_presence } from './migrations/M20261124000300_presence.js'
import { M20261124000310_dial } from './migrations/M20261124000310_dial.js'
import { UnlinkedRateResolver } from './unlinked/unlinkedRate.resolver.js'

export const call: SubgraphModule = {
  name: 'call',
  entities: [Call, Disposition],
  migrations: [M20261123000300_call, M20261124000300_presence, M20261124000310_dial],
  rules: [callRules, dispositionRules],
  resolvers: [
    CallResolver,
    CallLegResolver,
    CustomerCallsResolver,
    AgentCallsResolver,
    CallUpdatedResolver,
    DialResolver,
    DispositionResolver,
    UnlinkedRateResolver,
  ],
  referenceResolvers: {
    Call: ({ id }, ctx) => ctx.byId(Call, id),
    Customer: async ({ id }) => ({ id }),
    Agent: async ({ id }) => ({ id }),
  },
}

export { applyFacts } from './apply/applyFacts.js'
export { goesOnSince, unsureSince } from './apply/aroundGap.js'
export { endUnheard } from './apply/endUnheard.js'
export { expireFacts, type HeardFact, heardOf } from './apply/facts.js'
export { type HeardCall, heardCalls, systemsWithCalls } from './apply/heardCalls.js'
export { openCalls } from './apply/openCalls.js'
export { Call } from './call/call.entity.js'
export type { CallState } from './call/callState.js'
export { CallDirection, CallOutcome } from './call/enums.js'
export { foldCall } from './call/foldCall.js'
export { applyDispositions } from './disposition/applyDispositions.js'
export { CallFollower } from './follower.js'
export { type CallRecord, loadCallBatch } from './load/callBatch.js'
export { loadCalls } from './load/loadCalls.js'
export type { HistoricCall } from './load/newCalls.js'
export { callPorts } from './ports.js'
export { applyPresence } from './presence/applyPresence.js'
