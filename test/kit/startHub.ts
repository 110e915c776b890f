import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits } from '../../gateway/index.js'
import { updateDatabase } from '../../hub/openDatabase.js'
import { openKernel } from '../../hub/openKernel.js'
import { type RunningHub, startHub as startRealHub } from '../../hub.js'
import { TestClock } from '../../kernel/clock.js'
import { type Config, loadConfig } from '../../kernel/config/index.js'
import { type Env, readEnv } from '../../kernel/env/index.js'
import { createLog, type Log } from '../../kernel/log/index.js'
import type { Connector } from '../../kernel/ports/index.js'
import { sandboxConfigPath } from '../../sandbox/configPath.js'
import { openSandboxIssuer } from '../../sandbox/issuer.js'
import { applyConfig } from '../../subgraphs/access/index.js'
import { atEnd } from './atEnd.js'
import { TestClient } from './client.js'
import { freshDatabase, type Template } from './database.js'

const START = '2026-11-23T02:00:00Z'
export const hookSecret = 'a-secret-of-the-test-company'

/** The settings of a hub for tests: every part, no sandbox, any free port. */
export const testEnv = (more: Record<string, string> = {}): Env =>
  readEnv({ PORT: '0', HUB_SANDBOX: 'off', ...more }, tmpdir())

export const testConfig = (): Promise<Config> =>
  loadConfig(sandboxConfigPath, {
    SANDBOX_PBX_SECRET: hookSecret,
    SANDBOX_CRM_SECRET: hookSecret,
    // Nobody listens there: a test that dials says where, and none reaches a sandbox that runs on this machine.
    SANDBOX_PBX_URL: 'http://127.0.0.1:9',
  })

const silent: Log = createLog({ level: 'silent', clock: new TestClock(START) })

/** The hub's tables, and the test company's people. */
export const companyTemplate: Template = {
  name: 'company',
  prepare: async urls => {
    await updateDatabase(urls)
    const env = testEnv()
    const { kernel, close } = await openKernel({
      appUrl: urls.appUrl,
      keys: env.keys,
      clock: new TestClock(START),
      log: silent,
      zone: env.zone,
    })
    await applyConfig(kernel, await testConfig(), { issuer: env.jwtIssuer })
    await close()
  },
}

export interface TestHubOptions {
  /** Settings beside the usual ones. */
  env?: Record<string, string>
  /** Changes the company. */
  config?: (config: Config) => Config
  log?: Log
  limits?: Partial<Limits>
  template?: Template
  /** Connectors beside those that the hub brings. */
  connectors?: (clock: TestClock) => readonly Connector[]
  /** Loops run by themselves and systems are listened to, as in earnest; else everything stands still until it is asked for. */
  running?: boolean
}

/** An event as the JSON call-event hook takes it. */
export type HookEvent = Record<string, unknown> & { callId: string; type: string }

export interface TestHub extends RunningHub {
  url: string
  clock: TestClock
  config: Config
  databaseUrls: { appUrl: string; ownerUrl: string; superUrl: string }
  as(person: string): TestClient
  /** Posts call events, signed, as the phone system would; `id` and `at` are filled in. */
  hook(systemId: string, ...events: HookEvent[]): Promise<Response>
  /** Posts them and waits until they are applied. */
  happen(...events: HookEvent[]): Promise<void>
  /** Applies everything that was stored. */
  settle(): Promise<void>
  /** Reads what is due from the records of phone systems, and applies it. */
  backfill(): Promise<void>
  /** Ends calls that are lost. */
  reap(): Promise<void>
}

/** A whole hub on a database of its own: real HTTP, real PostgreSQL, a clock that stands still. It stops by itself after the file's tests. */
export async function startHub(options: TestHubOptions = {}): Promise<TestHub> {
  const clock = new TestClock(START)
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-test-'))
  const leaveNothing = () => rm(dataDir, { recursive: true, force: true })
  // Also where the hub refuses to start.
  atEnd(leaveNothing)
  const database = await freshDatabase(options.template ?? companyTemplate)
  const config = (options.config ?? (same => same))(await testConfig())
  const issuer = await openSandboxIssuer(dataDir, clock)
  const env = { ...testEnv(options.env), dataDir }
  const hub = await startRealHub({
    env,
    config,
    clock,
    log: options.log ?? silent,
    database,
    issuer,
    limits: options.limits,
    connectors: options.connectors?.(clock),
    manual: !options.running,
  })
  const clients: TestClient[] = []

  const stop = async () => {
    await Promise.all(clients.splice(0).map(client => client.close()))
    await hub.stop()
    await database.drop()
    await leaveNothing()
  }
  atEnd(stop)

  const url = hub.url!
  const hook = (systemId: string, ...events: HookEvent[]) => {
    const body = JSON.stringify(events.map(event => ({ id: randomUUID(), at: clock.now().toISOString(), ...event })))
    return postHook(`${url}/hooks/${systemId}`, body, clock.now())
  }
  const settle = () => hub.worker.runDue()
  return {
    ...hub,
    url,
    clock,
    config,
    databaseUrls: database,
    as: person => {
      const client = new TestClient(url, () => issuer.issueToken(person, 3600))
      clients.push(client)
      return client
    },
    hook,
    happen: async (...events) => {
      const answer = await hook('sandbox-pbx', ...events)
      if (answer.status !== 202) throw new Error(`The hook answered ${answer.status}: ${await answer.text()}`)
      await settle()
    },
    settle,
    backfill: async () => {
      // What was under way already may have looked too early.
      for (let i = 0; i < 2; i++) await Promise.all(hub.backfillers.map(one => one.runDue()))
      await settle()
    },
    reap: async () => {
      await Promise.all(hub.reapers.map(one => one.runDue()))
    },
    stop,
  }
}

/** Posts a webhook with its signature; see docs/hooks.md. */
export function postHook(url: string, body: string | Buffer, at: Date, secret = hookSecret): Promise<Response> {
  const timestamp = String(at.getTime())
  const signature = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-timestamp': timestamp, 'x-hub-signature': `v1=${signature}` },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
}
