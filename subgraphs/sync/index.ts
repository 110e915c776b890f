import type { SubgraphModule } from '../../kernel/subgraph/module.js'
import { Alert } from './alert/alert.entity.js'
import { AlertResolver } from './alert/alert.resolver.js'
import { alertRules } from './alert/alert.rules.js'
import { M20261123000400_sync } from './migrations/M20261123000400_sync.js'
import { System } from './system/system.entity.js'
import { SystemResolver } from './system/system.resolver.js'
import { systemRules } from './system/system.rules.js'

export const sync: SubgraphModule = {
  name: 'sync',
  entities: [System, Alert],
  migrations: [M20261123000400_sync],
  rules: [systemRules, alertRules],
  resolvers: [SystemResolver, AlertResolver],
  referenceResolvers: { System: ({ id }, ctx) => ctx.byId(System, id) },
}

export { AlertNotices } from './alert/notices.js'
export { Inbox } from './inbox/inbox.js'
export { expireMessages } from './inbox/inboxStore.js'
export { InboxWorker } from './inbox/inboxWorker.js'
export { type HookAnswer, receiveHook } from './inbox/receiveHook.js'
export type { ConnectedSystem, ConnectedSystems } from './system/connectedSystem.js'
export { Listeners } from './system/listeners.js'
export { registerSystems, SystemStates } from './system/systemStates.js'
