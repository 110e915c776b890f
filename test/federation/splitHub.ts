import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '../../hub.js'
import { TestClock } from '../../kernel/clock.js'
import type { Config } from '../../kernel/config/index.js'
import type { Kernel } from '../../kernel/context/index.js'
import { type Env, subgraphNames } from '../../kernel/env/index.js'
import { createLog } from '../../kernel/log/index.js'
import type { Connector } from '../../kernel/ports/index.js'
import { openSandboxIssuer } from '../../sandbox/issuer.js'
import { loadCustomers } from '../../subgraphs/crm/index.js'
import { atEnd } from '../kit/atEnd.js'
import { TestClient } from '../kit/client.js'
import { type FreshDatabase, freshDatabase } from '../kit/database.js'
import { companyTemplate, hookSecret, postHook, testConfig, testEnv } from '../kit/startHub.js'

export interface SplitHub {
  clock: TestClock
  database: FreshDatabase
  /** Starts what a process with this HUB_RUN runs. A gateway finds the subgraphs that were started before it. `changed`: with another configuration. */
  start(run: string, changed?: (config: Config) => Config): Promise<RunningHub>
  as(gateway: RunningHub, person: string): TestClient
  /** Posts one call event at the gateway, as the phone system would. */
  post(
    gateway: RunningHub,
    event: { id: string; callId: string; type: string; [field: string]: unknown },
  ): Promise<void>
}

export interface SplitHubOptions {
  /** Changes the company. */
  config?: (config: Config) => Config
  /** Connectors beside those that the hub brings. */
  connectors?: (clock: TestClock) => readonly Connector[]
}

/** Hubs that share one database, as several processes would; each has everything else to itself. They stop by themselves after the file. */
export async function splitHub(options: SplitHubOptions = {}): Promise<SplitHub> {
  const clock = new TestClock()
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-split-'))
  const database = await freshDatabase(companyTemplate)
  const config = (options.config ?? (same => same))(await testConfig())
  const issuer = await openSandboxIssuer(dataDir, clock)
  const log = createLog({ level: 'silent', clock })
  const running: RunningHub[] = []
  const clients: TestClient[] = []
  const urls: Partial<Env['subgraphUrls']> = {}

  atEnd(async () => {
    await Promise.all(clients.map(client => client.close()))
    for (const hub of running.reverse()) await hub.stop()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  return {
    clock,
    database,
    start: async (run, changed = same => same) => {
      const read = testEnv({
        HUB_RUN: run,
        DATABASE_URL: database.appUrl,
        DATABASE_OWNER_URL: database.ownerUrl,
      })
      const anyPort = Object.fromEntries(subgraphNames.map(name => [name, 0])) as Record<
        (typeof subgraphNames)[number],
        0
      >
      const env: Env = {
        ...read,
        dataDir,
        subgraphListen: read.subgraphListen && { host: '127.0.0.1', ports: anyPort },
        subgraphUrls: { ...read.subgraphUrls, ...urls },
      }
      const hub = await startHub({
        env,
        config: changed(config),
        clock,
        log,
        database,
        issuer,
        connectors: options.connectors?.(clock),
      })
      Object.assign(urls, Object.fromEntries(hub.subgraphUrls))
      running.push(hub)
      return hub
    },
    as: (gateway, person) => {
      const client = new TestClient(gateway.url!, () => issuer.issueToken(person, 3600))
      clients.push(client)
      return client
    },
    post: async (gateway, event) => {
      const body = JSON.stringify({ at: clock.now().toISOString(), ...event })
      const { status } = await postHook(`${gateway.url}/hooks/sandbox-pbx`, body, clock.now(), hookSecret)
      if (status !== 202) throw new Error(`The hook answered ${status}.`)
    },
  }
}

/** A customer of agent-north-1 with this number. */
export async function givenCustomer({ kernel }: { kernel: Kernel }, name: string, phone: string): Promise<void> {
  const at = kernel.clock.now()
  const customer = {
    id: 'customer-1',
    name,
    phone,
    otherPhones: [],
    email: null,
    address: null,
    company: null,
    stage: 'LEAD',
    stageLabel: 'Lead',
    source: 'Fair',
    tags: [],
    doNotCall: false,
    ownerId: 'agent-north-1',
    createdAt: at,
    updatedAt: at,
  }
  await loadCustomers(kernel, 'crm-of-before', { customers: [customer], deals: [], followUps: [] })
}
