import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { TestClock } from '../../kernel/clock.js'
import type { Config } from '../../kernel/config/index.js'
import type { CallFact } from '../../kernel/ports/index.js'
import { atEnd } from '../kit/atEnd.js'
import { lineConnector } from '../kit/lineConnector.js'
import { LineServer } from '../kit/lineServer.js'
import { startHub, type TestHub } from '../kit/startHub.js'

/** A hub that listens to one phone system, whose records lie in a file. */
export interface LineHub {
  hub: TestHub
  server: LineServer
  file: string
  /** Writes the system's records anew. */
  keep(...facts: CallFact[]): Promise<void>
  pbx(): Promise<ShownSystem>
  calls(): Promise<ShownCall[]>
  runs(): Promise<ShownRun[]>
  alerts(): Promise<{ severity: string; nextStep: string }[]>
  /** Lets time pass while the hub listens, and makes sure that it has heard everything until then. */
  pass(by: Parameters<TestClock['advance']>[0]): Promise<void>
  /** Breaks the connection and makes sure the hub knows. */
  lose(): Promise<void>
  /** Lets the hub in again, and makes sure that it knows. */
  regain(): Promise<void>
}

export interface ShownSystem {
  id: string
  state: string
  gaps: { from: string; to: string | null }[]
}

export interface ShownCall {
  externalId: string
  status: string
  outcome: string | null
  answeredAt: string | null
  endedAt: string | null
  talkSeconds: number | null
}

export interface ShownRun {
  name: string
  state: string
  progress: number | null
  records: number
  changed: number
  rejected: number
  endedAt: string | null
  error: string | null
}

/** The configuration with one phone system that speaks in lines. */
export const withLines = (config: Config, port: number, settings: Record<string, unknown>): Config => ({
  ...config,
  systems: [
    {
      id: 'pbx',
      name: '总机',
      kind: 'CALL',
      connector: 'lines',
      address: null,
      secret: null,
      trunks: [],
      timeZone: null,
      budget: { perSecond: null, perDay: null },
      settings: { port, ...settings },
    },
  ],
})

export async function startLineHub({ records = true, asks = true } = {}): Promise<LineHub> {
  const server = await LineServer.start()
  const folder = await mkdtemp(join(tmpdir(), 'hub-lines-'))
  const file = join(folder, 'records.ndjson')
  const keep = (...facts: CallFact[]) => writeFile(file, facts.map(fact => `${JSON.stringify(fact)}\n`).join(''))
  await keep()
  atEnd(async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const hub = await startHub({
    running: true,
    connectors: clock => [lineConnector(clock)],
    config: config => withLines(config, server.port, { asks, ...(records && { backfill: { file } }) }),
  })
  await server.loggedIn(1)
  const admin = hub.as('admin')
  const pbx = async () => {
    const { systems } = await admin.query('{ systems { id state gaps { from to } } }')
    return (systems as ShownSystem[]).find(({ id }) => id === 'pbx')!
  }
  const reaches = (...states: string[]) =>
    expect.poll(async () => states.includes((await pbx()).state), { timeout: 10_000, interval: 20 }).toBe(true)
  return {
    hub,
    server,
    file,
    keep,
    pbx,
    calls: async () => {
      const { calls } = await admin.query(
        '{ calls(first: 100) { nodes { externalId status outcome answeredAt endedAt talkSeconds } } }',
      )
      return calls.nodes
    },
    runs: async () => {
      const { syncRuns } = await admin.query(
        '{ syncRuns(system: "pbx") { nodes { name state progress records changed rejected endedAt error } } }',
      )
      return syncRuns.nodes
    },
    alerts: async () => {
      const { alerts } = await admin.query('{ alerts { nodes { kind severity nextStep } } }')
      return alerts.nodes.filter(({ kind }: { kind: string }) => kind === 'calls.gap')
    },
    pass: async by => {
      hub.clock.advance(by)
      const until = `select complete_until >= '${hub.clock.now().toISOString()}' as heard from sync.system where id = 'pbx'`
      await expect
        .poll(() => hub.kernel.systemEm().getConnection().execute(until), { timeout: 10_000, interval: 20 })
        .toEqual([{ heard: true }])
    },
    lose: async () => {
      server.shut()
      await reaches('DOWN')
    },
    regain: async () => {
      server.manners.door = 'open'
      await reaches('UP', 'DEGRADED')
    },
  }
}

let told = 0

/** A fact with a key of its own. */
export const factOf = (callId: string, kind: CallFact['kind'], at: Date, more: Partial<CallFact> = {}): CallFact => ({
  key: `fact-${++told}`,
  callId,
  kind,
  at: at.toISOString(),
  ...more,
})
