import { ChangeSubscriber } from '../kernel/changes/index.js'
import type { Clock } from '../kernel/clock.js'
import { parseConfig } from '../kernel/config/index.js'
import { Actors, Kernel } from '../kernel/context/index.js'
import { DataKeys, KeyRing } from '../kernel/encryption/index.js'
import { Feed, FeedStore } from '../kernel/feed/index.js'
import type { Log } from '../kernel/log/index.js'
import { createOrm, hubTables, PgDataKeyStore, systemViewer, viewAs } from '../kernel/orm/index.js'
import type { AttributionProvider } from '../kernel/phone/index.js'
import type { Dialling, PastCalls, Ports } from '../kernel/ports/index.js'
import { accessPorts } from '../subgraphs/access/index.js'
import { CallFollower, callPorts } from '../subgraphs/call/index.js'
import { crmPorts } from '../subgraphs/crm/index.js'
import { AlertNotices } from '../subgraphs/sync/index.js'
import { modules } from './modules.js'

export interface KernelSettings {
  appUrl: string
  keys: string
  clock: Clock
  log: Log
  zone: string
  /** The table that comes with the hub by default. */
  attribution?: AttributionProvider
  /** None by default: without systems no call can be placed. */
  dialling?: Dialling
  /** None by default. */
  pastCalls?: PastCalls
  publish?(topics: readonly string[]): void
}

export interface OpenKernel {
  kernel: Kernel
  close(): Promise<void>
}

/** Joins the ports and opens what every subgraph stands on. */
export async function openKernel(settings: KernelSettings): Promise<OpenKernel> {
  const { appUrl, clock, log, zone, attribution, dialling = NOTHING_DIALS, pastCalls = NO_RECORDS, publish } = settings
  const orm = await createOrm({
    url: appUrl,
    entities: modules.flatMap(({ entities }) => entities),
    subscribers: [new ChangeSubscriber()],
  })
  const systemEm = () => viewAs(orm.em.fork(), systemViewer())
  const keys = KeyRing.parse(settings.keys)
  const keyStore = new PgDataKeyStore(appUrl, clock)
  const dataKeys = new DataKeys({ ring: keys, store: keyStore, capacity: 5000 })
  const feed = new Feed({ store: new FeedStore(() => hubTables(systemEm())), log })

  let kernel: Kernel | undefined
  const later = (): Kernel => {
    if (!kernel) throw new Error('The kernel is not open yet.')
    return kernel
  }
  const ports: Ports = {
    ...accessPorts(later),
    ...crmPorts(later),
    ...callPorts,
    follower: new CallFollower(later),
    notices: new AlertNotices(later),
    dialling,
    pastCalls,
  }
  const actors = new Actors({
    people: ports.people,
    grants: ports.grants,
    ruleSets: modules.flatMap(({ rules }) => rules),
    feed,
    clock,
    systemEm,
  })
  kernel = new Kernel({ orm, clock, log, keys, dataKeys, feed, actors, ports, sinks: [], attribution, zone, publish })
  feed.start()
  await actors.start()
  return {
    kernel,
    close: async () => {
      await feed.stop()
      await orm.close(true)
      await keyStore.close()
    },
  }
}

const NOTHING_DIALS: Dialling = { rules: parseConfig('', {}).dialling, systems: () => [], diallerOf: () => null }
const NO_RECORDS: PastCalls = { sourceOf: () => null }
