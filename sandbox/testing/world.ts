import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestClock } from '../../kernel/clock.js'
import type { AgentEvent, CallEvent, PbxEvent } from '../pbx/event.js'
import { type Sandbox, type SandboxOptions, startSandbox } from '../startSandbox.js'
import { type Receiver, startReceiver } from './receiver.js'

export const secrets = { pbx: 'key-of-the-pbx', crm: 'crm-key' }
const doors = { '/hooks/sandbox-pbx': secrets.pbx, '/hooks/sandbox-crm': secrets.crm }

/** A sandbox with a clock and a receiving hub of its own, moved by hand. */
export interface World {
  clock: TestClock
  hub: Receiver
  sandbox: Sandbox
  dataDir: string
  log: string[]
  /** Lets so many seconds pass, a quarter at a time. */
  pass(seconds: number): Promise<void>
  pbx<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<T>>
  crm<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<T>>
  /** What was told of calls. */
  events(): CallEvent[]
  /** What was told of agents. */
  agentEvents(): AgentEvent[]
  /** Stops the sandbox and starts it again on the same data. */
  restart(options?: Partial<SandboxOptions>): Promise<void>
  stop(): Promise<void>
}

export interface Reply<T> {
  status: number
  headers: Headers
  body: T
}

export async function startWorld(options: Partial<SandboxOptions> = {}): Promise<World> {
  const clock = new TestClock()
  const hub = await startReceiver(doors, clock)
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  const log: string[] = []
  const write = (fields: object, text: string) => void log.push(`${text} ${JSON.stringify(fields)}`)
  const base = {
    dataDir,
    hubUrl: hub.url,
    secrets,
    clock,
    log: { info: write, warn: write, error: write },
    quiet: true,
    manual: true,
  }
  const told = () => hub.stored('/hooks/sandbox-pbx') as unknown as PbxEvent[]
  const world: World = {
    clock,
    hub,
    dataDir,
    log,
    sandbox: await startSandbox({ ...base, ...options }),
    pass: async seconds => {
      for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
        clock.advance({ ms: 250 })
        await world.sandbox.runDue()
      }
    },
    pbx: (method, path, body, headers) => call(world.sandbox.pbxUrl + path, secrets.pbx, method, body, headers),
    crm: (method, path, body, headers) => call(world.sandbox.crmUrl + path, secrets.crm, method, body, headers),
    events: () => told().filter(event => event.type !== 'agent.state'),
    agentEvents: () => told().filter(event => event.type === 'agent.state'),
    restart: async changes => {
      await world.sandbox.stop()
      world.sandbox = await startSandbox({ ...base, ...options, ...changes })
    },
    stop: async () => {
      await world.sandbox.stop()
      await hub.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return world
}

async function call<T>(
  url: string,
  key: string,
  method: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<T>> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: (text === '' ? undefined : JSON.parse(text)) as T }
}
