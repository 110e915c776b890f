import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningHub } from '../../hub.js'
import type { Clock } from '../../kernel/clock.js'
import type { CallFact, Connector } from '../../kernel/ports/index.js'
import { type SplitHub, splitHub } from '../federation/splitHub.js'
import { lineConnector } from '../kit/lineConnector.js'
import { LineServer } from '../kit/lineServer.js'
import { factOf, withLines } from './lineHub.js'

const poll = (ask: () => unknown) => expect.poll(ask, { timeout: 15_000, interval: 50 })

let server: LineServer
let folder: string
let split: SplitHub
let gateway: RunningHub
let first: RunningHub
let facts: CallFact[] = []

beforeAll(async () => {
  server = await LineServer.start()
  folder = await mkdtemp(join(tmpdir(), 'hub-lines-'))
  const file = join(folder, 'records.ndjson')
  await keep()
  split = await splitHub({
    connectors: clock => [lineConnector(clock)],
    config: config => withLines(config, server.port, { backfill: { file } }),
  })
  gateway = await split.start('gateway,crm,call,sync,access')
  first = await split.start('worker')
  await server.loggedIn(1)
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function keep(...more: CallFact[]): Promise<void> {
  facts = [...facts, ...more]
  await writeFile(join(folder, 'records.ndjson'), facts.map(fact => `${JSON.stringify(fact)}\n`).join(''))
}

const seen = async () => {
  const { systems, syncRuns, calls } = await split.as(gateway, 'admin').query(`{
    systems { id state gaps { from to } }
    syncRuns { nodes { state changed } }
    calls { nodes { externalId status } }
  }`)
  const { state, gaps } = systems.find(({ id }: { id: string }) => id === 'pbx')
  return { state, gaps: gaps.length, runs: syncRuns.nodes, calls: calls.nodes }
}

const call = (id: string): CallFact[] => [
  factOf(id, 'LEG_STARTED', split.clock.now(), { direction: 'INBOUND', from: '13812345678', legId: id }),
  factOf(id, 'ENDED', split.clock.now(), { outcome: 'BUSY' }),
]
const busy = (externalId: string) => ({ externalId, status: 'ENDED' })

test('B14: of two processes one listens, and a gap is read by that one only', async () => {
  await split.start('worker')
  await poll(async () => (await seen()).state).toBe('UP')
  server.shut()
  await poll(async () => (await seen()).state).toBe('DOWN')
  split.clock.advance({ minutes: 3 })
  await keep(...call('a'))
  server.manners.door = 'open'
  await poll(seen).toEqual({ state: 'UP', gaps: 1, runs: [{ state: 'DONE', changed: 2 }], calls: [busy('a')] })
  expect(server.listening).toBe(1)
})

test('B14: when it goes the other one takes over, and reads what was missed meanwhile', async () => {
  split.clock.advance({ minutes: 15 })
  await keep(...call('b'))
  const logins = server.logins
  await first.stop()
  await server.loggedIn(logins + 1)
  await poll(async () => (await seen()).calls).toEqual([busy('b'), busy('a')])
  split.clock.advance({ minutes: 15 })
  await poll(async () => (await seen()).gaps).toBe(0)
  expect(server.listening).toBe(1)
})

test('B14: webhooks that could not be sent because no gateway ran are a gap, where the system has them on record', async () => {
  const file = join(folder, 'records.ndjson')
  const posting = (clock: Clock): Connector => {
    const { listen: _, ...same } = lineConnector(clock)
    return { ...same, receive: () => [] }
  }
  const alone = await splitHub({
    connectors: clock => [posting(clock)],
    config: config => withLines(config, server.port, { backfill: { file } }),
  })
  const parts = 'gateway,crm,call,sync,access'
  const gaps = async (door: RunningHub) => {
    const { systems } = await alone.as(door, 'admin').query('{ systems { id gaps { from to } } }')
    return systems.find(({ id }: { id: string }) => id === 'pbx').gaps
  }
  const before = await alone.start(parts)
  expect(await gaps(before)).toEqual([])
  const hooksUntil = () =>
    before.kernel.systemEm().getConnection().execute(`select hooks_until from sync.system where id = 'pbx'`)
  await poll(hooksUntil).not.toEqual([{ hooks_until: null }])
  const from = alone.clock.now().toISOString()
  await before.stop()
  alone.clock.advance({ minutes: 2 })
  const after = await alone.start(parts)
  await poll(() => gaps(after)).toEqual([{ from, to: alone.clock.now().toISOString() }])
  await alone.start('worker')
  await poll(() => after.kernel.systemEm().getConnection().execute('select count(*)::int as n from sync.run')).toEqual([
    { n: 1 },
  ])
})

test('B14: a run that was cut short when its process ended is taken up by the next', async () => {
  // Nobody tends the system at this moment.
  const lonely = await splitHub({
    connectors: clock => [lineConnector(clock)],
    config: config => withLines(config, server.port, { backfill: { file: join(folder, 'records.ndjson') } }),
  })
  const door = await lonely.start('gateway,crm,call,sync,access')
  const admin = lonely.as(door, 'admin')
  lonely.clock.advance({ minutes: 5 })
  await admin.query('mutation { backfillSystem(system: "pbx", from: "2026-11-23T00:00:00Z") { run { id } } }')
  const em = door.kernel.systemEm().getConnection()
  await em.execute(`update sync.run set state = 'CUT_SHORT', ended_at = heard_at`)
  await lonely.start('worker')
  await poll(() => admin.query('{ syncRuns { nodes { state changed } } }')).toEqual({
    syncRuns: { nodes: [{ state: 'DONE', changed: 2 }] },
  })
})
