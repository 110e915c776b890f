import type { Kernel } from '../kernel/context/index.js'
import { Jobs } from '../kernel/jobs/index.js'
import { Loop } from '../kernel/loop/index.js'
import { openCalls } from '../subgraphs/call/index.js'
import {
  type Backfiller,
  type ConnectedSystems,
  closeSilentRuns,
  type ForsakenCalls,
  type Inbox,
  type InboxWorker,
  Listeners,
  type Reaper,
  type SystemStates,
} from '../subgraphs/sync/index.js'
import { retentionJob } from './retention.js'
import { tendInTurns } from './tendInTurns.js'

/** More than any phone system has at a time. */
const MOST_CALLS = 100_000

export interface WorkerParts {
  kernel: Kernel
  appUrl: string
  systems: ConnectedSystems
  inbox: Inbox
  states: SystemStates
  worker: InboxWorker
  backfillers: ReadonlyMap<string, Backfiller>
  reapers: ReadonlyMap<string, Reaper>
  forsaken: ForsakenCalls
}

export interface OpenWorker {
  stop(): Promise<void>
}

/** Works through what systems sent, tends each system in turn with other processes, and runs what is due by the clock on the wall. */
export async function openWorker(parts: WorkerParts): Promise<OpenWorker> {
  const { kernel, appUrl, systems, inbox, states, worker, backfillers, reapers, forsaken } = parts
  const { log, zone } = kernel
  const calls = (id: string) => openCalls(kernel, id, MOST_CALLS)
  const tended = tendInTurns({
    url: appUrl,
    log,
    systems,
    tendersOf: id => [
      new Listeners(kernel, new Map([[id, systems.get(id)!]]), inbox, states, calls),
      backfillers.get(id)!,
      reapers.get(id)!,
    ],
  })
  const jobs = new Jobs(appUrl, zone, log, [retentionJob(kernel)])
  const runs = new Loop({ name: 'silent runs', everyMs: 60_000, log, runDue: () => closeSilentRuns(kernel) })
  worker.start()
  await tended.start()
  await jobs.start()
  runs.start()
  forsaken.start()
  return {
    stop: async () => {
      await forsaken.stop()
      await runs.stop()
      await tended.stop()
      await jobs.stop()
      await worker.stop()
    },
  }
}
