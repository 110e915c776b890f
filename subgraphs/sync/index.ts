import type { SubgraphModule } from '../../kernel/subgraph/module.js'
import { Alert } from './alert/alert.entity.js'
import { AlertResolver } from './alert/alert.resolver.js'
import { alertRules } from './alert/alert.rules.js'
import { BackfillResolver } from './backfill/backfill.resolver.js'
import { Gap } from './gap/gap.entity.js'
import { LifeResolver } from './life/life.resolver.js'
import { M20261123000400_sync } from './migrations/M20261123000400_sync.js'
import { M20261124000400_runs } from './migrations/M20261124000400_runs.js'
import { SyncRun } from './run/run.entity.js'
import { SyncRunResolver } from './run/run.resolver.js'
import { runRules } from './run/run.rules.js'
import { System } from './system/system.entity.js'
import { SystemResolver } from './system/system.resolver.js'
import { systemRules } from './system/system.rules.js'

export const sync: SubgraphModule = {
  name: 'sync',
  entities: [System, Alert, SyncRun, Gap],
  migrations: [M20261123000400_sync, M20261124000400_runs],
  rules: [systemRules, alertRules, runRules],
  resolvers: [SystemResolver, AlertResolver, SyncRunResolver, BackfillResolver, LifeResolver],
  referenceResolvers: { System: ({ id }, ctx) => ctx.byId(System, id) },
}

export { AlertNotices } from './alert/notices.js'
export { Backfiller } from './backfill/backfiller.js'
export { type Covered, closeCovered } from './backfill/closeCovered.js'
export { type Read, readRecords } from './backfill/readRecords.js'
export { reasonOf } from './backfill/reasonOf.js'
export { gapsBegin, startBackfill, waitingMessages } from './backfill/startBackfill.js'
export { unlessCut } from './backfill/unlessCut.js'
export { HookWatch } from './gap/hookWatch.js'
export * from './import/index.js'
export { Inbox } from './inbox/inbox.js'
export { expireMessages } from './inbox/inboxStore.js'
export { type ApplyFacts, InboxWorker } from './inbox/inboxWorker.js'
export { type HookAnswer, receiveHook } from './inbox/receiveHook.js'
export { ForsakenCalls } from './reaper/forsakenCalls.js'
export { Reaper } from './reaper/reaper.js'
export { closeSilentRuns, type RunProgress } from './run/runs.js'
export type { ConnectedSystem, ConnectedSystems } from './system/connectedSystem.js'
export { diallingOf } from './system/dialling.js'
export { Listeners } from './system/listeners.js'
export { pastCallsOf } from './system/pastCalls.js'
export { registerSystems, SystemStates } from './system/systemStates.js'
