import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningHub } from '../../hub.js'
import type { Config } from '../../kernel/config/index.js'
import { type SplitHub, splitHub } from '../federation/splitHub.js'
import { lineConnector } from '../kit/lineConnector.js'
import { LineServer } from '../kit/lineServer.js'
import { factOf, withLines } from './lineHub.js'

const ALL = 'gateway,crm,call,sync,access,worker'
const poll = (ask: () => unknown) => expect.poll(ask, { timeout: 15_000, interval: 50 })
const withNone = (config: Config): Config => ({ ...config, systems: [] })

let server: LineServer
let folder: string
let split: SplitHub
let hub: RunningHub

beforeAll(async () => {
  server = await LineServer.start()
  folder = await mkdtemp(join(tmpdir(), 'hub-lines-'))
  split = await splitHub({
    connectors: clock => [lineConnector(clock)],
    config: config => withLines(config, server.port, { backfill: { file: join(folder, 'records.ndjson') } }),
  })
  hub = await split.start(ALL)
  await server.loggedIn(1)
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const seen = async () => {
  const { systems, calls, alerts } = await split.as(hub, 'admin').query(`{
    systems { id state gaps { from to } }
    calls { nodes { externalId status outcome } }
    alerts { nodes { kind } }
  }`)
  const { state, gaps } = systems.find(({ id }: { id: string }) => id === 'pbx')
  return { state, gaps, calls: calls.nodes, alerts: alerts.nodes.map(({ kind }: { kind: string }) => kind) }
}

const inTalk = (at: Date) => [
  factOf('talk', 'LEG_STARTED', at, { direction: 'INBOUND', from: '13812345678', legId: 'a' }),
  factOf('talk', 'CONNECTED', at, { extension: '1001', legId: 'b' }),
]

test('a system that is taken out of the configuration keeps nobody in its calls, alarms nobody, and is read on when it comes back', async () => {
  const begun = split.clock.now()
  server.tell(...inTalk(begun))
  const talk = { externalId: 'talk', status: 'ANSWERED', outcome: null }
  await poll(async () => (await seen()).calls).toEqual([talk])
  server.shut()
  const gap = { from: begun.toISOString(), to: null }
  await poll(seen).toEqual({ state: 'DOWN', gaps: [gap], calls: [talk], alerts: ['system.down'] })

  await hub.stop()
  hub = await split.start(ALL, withNone)
  expect(await seen()).toEqual({ state: 'PAUSED', gaps: [gap], calls: [talk], alerts: [] })
  const reap = () => Promise.all(hub.reapers.map(one => one.runDue()))
  split.clock.advance({ hours: 11 })
  await reap()
  expect((await seen()).calls).toEqual([talk])
  split.clock.advance({ hours: 1 })
  await reap()
  expect((await seen()).calls).toEqual([{ ...talk, status: 'ENDED', outcome: 'ANSWERED' }])

  const missed = factOf('missed', 'LEG_STARTED', split.clock.now(), { legId: 'a' })
  await writeFile(join(folder, 'records.ndjson'), `${JSON.stringify(missed)}\n`)
  split.clock.advance({ hours: 1 })
  await hub.stop()
  server.manners.door = 'open'
  hub = await split.start(ALL)
  await poll(async () => (await seen()).gaps).toEqual([{ ...gap, to: split.clock.now().toISOString() }])
  await poll(async () => (await seen()).calls.length).toBe(2)
  expect(await seen()).toMatchObject({ state: 'UP', calls: [{ externalId: 'missed' }, { externalId: 'talk' }] })
})
