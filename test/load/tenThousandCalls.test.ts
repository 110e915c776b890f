import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mainNumber } from '../../sandbox/agents.js'
import type { CallPlan } from '../../sandbox/pbx/liveCall.js'
import { Pbx } from '../../sandbox/pbx/pbx.js'
import { defaultSeed } from '../../sandbox/startSandbox.js'
import { hookSecret, startHub, type TestHub } from '../kit/startHub.js'
import { Reader, Sleeper } from './follower.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const CALLS = 10_000
/** Placed between two looks at whether everybody has kept up. */
const PORTION = 250
/** Sizes of process and sandbox together, in megabytes beyond those of an idle hub. */
const MOST_AT_PEAK = 80
const MOST_LEFT = 40

let hub: TestHub
let pbx: Pbx
let folder: string

beforeAll(async () => {
  hub = await startHub({ running: true })
  folder = await mkdtemp(join(tmpdir(), 'load-'))
  const quietly = { info: () => undefined, warn: () => undefined, error: () => undefined }
  pbx = await Pbx.start({
    dataDir: folder,
    hubUrl: hub.url,
    secret: hookSecret,
    clock: hub.clock,
    log: quietly,
    origin: { seed: defaultSeed, until: hub.clock.now() },
    quiet: true,
    port: 0,
  })
})
afterAll(async () => {
  await pbx.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A caller who waits for somebody in a queue and gives up after a minute; two in the company at a time get through. */
const caller = (i: number): CallPlan => ({
  direction: 'inbound',
  from: `13${String(700_000_000 + i)}`,
  to: mainNumber,
  line: 'trunk-telecom',
  queue: i % 2 === 0 ? 'sales' : 'service',
  extension: null,
  ringAgentFirst: false,
  outcome: 'answered',
  patienceMs: 60_000,
  ringMs: 2000,
  talkMs: 10_000,
  hold: null,
  transfer: null,
  consent: null,
  rating: null,
  chosen: false,
})

async function used(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    await new Promise(resolve => setImmediate(resolve))
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return (heapUsed + external + arrayBuffers) / 2 ** 20
}

/** Lets a quarter of a second pass in the phone system, and everything that happened in it reach the hub. */
async function pass(): Promise<void> {
  hub.clock.advance({ ms: 250 })
  pbx.tick()
  await pbx.send()
}

const sql = async <T>(query: string): Promise<T[]> =>
  (await hub.kernel.systemEm().getConnection().execute<{ rows: T[] }>(query, [], 'run')).rows

it('B4, F3: ten thousand calls at once: bounded memory, the events of each in order, and who is too slow is told how much they missed', async ({
  annotate,
}) => {
  const reader = async (person: string) => Reader.open(hub.url, await hub.tokenOf(person))
  const quick = await reader('admin')
  const others = [await reader('supervisor-north'), await reader('agent-north-1'), await reader('agent-south-2')]
  const slow = await Sleeper.open(hub.url, await hub.tokenOf('admin'), WIDE)
  // Who is answered follows; the others have to be seen to.
  pbx.switchboard.place(caller(0), pbx.now())
  await pass()
  await quick.until(() => quick.count('QUEUED') === 1)
  const before = await used()

  for (let placed = 1; placed < CALLS; ) {
    for (let i = 0; i < PORTION && placed < CALLS; i++) pbx.switchboard.place(caller(placed++), pbx.now())
    await pbx.send()
    await pass()
    await quick.until(() => quick.count('QUEUED') > placed - PORTION)
  }
  await pass()
  await quick.until(() => quick.count('QUEUED') === CALLS)
  expect(pbx.switchboard.live.length).toBeGreaterThan(CALLS - 10)
  const peak = (await used()) - before

  for (let ended = 0; pbx.switchboard.live.length > 0; ) {
    await pass()
    const over = CALLS - pbx.switchboard.live.length
    if (over - ended < PORTION && over < CALLS) continue
    ended = over
    await quick.until(() => quick.count('ENDED') >= ended - PORTION)
  }
  for (let i = 0; i < 20; i++) await pass()
  await quick.until(() => quick.count('ENDED') === CALLS)
  expect(pbx.outbox).toMatchObject({ length: 0, lost: 0 })
  const [{ open: left }] = (await sql<{ open: string }>(
    `select count(*) as open from call.call where status <> 'ENDED'`,
  )) as [{ open: string }]
  expect(Number(left)).toBe(0)

  const [{ n }] = (await sql<{ n: string }>(`select count(*) as n from hub.feed_event where topic = 'call'`)) as [
    { n: string },
  ]
  expect(quick.missed).toBe(0)
  expect(quick.told).toBe(Number(n))
  expect(quick.calls.size).toBe(CALLS)
  const orders = new Map<string, number>()
  for (const kinds of quick.calls.values()) orders.set(kinds.join(' '), (orders.get(kinds.join(' ')) ?? 0) + 1)
  const answered = orders.get('DIALING QUEUED RINGING ANSWERED ENDED') ?? 0
  expect(answered).toBeGreaterThan(4)
  expect(Object.fromEntries(orders)).toEqual({
    'DIALING QUEUED ENDED': CALLS - answered,
    'DIALING QUEUED RINGING ANSWERED ENDED': answered,
  })

  slow.read()
  await slow.until(() => slow.told + slow.missed >= Number(n))
  expect(slow.missed).toBeGreaterThan(CALLS)
  expect(slow.told + slow.missed).toBe(Number(n))
  // Of what it was told, nothing twice and nothing out of order.
  for (const kinds of slow.calls.values()) expect(ORDER.filter(kind => kinds.includes(kind))).toEqual(kinds)
  expect(others.map(other => other.missed)).toEqual([0, 0, 0])

  quick.calls.clear()
  slow.calls.clear()
  for (const one of [quick, slow, ...others]) one.close()
  const kept = (await used()) - before
  const figures = `${n} events: ${peak.toFixed(0)} MB more at the peak, ${kept.toFixed(0)} MB afterwards, ${slow.missed} missed by the slow one`
  await annotate(figures)
  expect(peak).toBeLessThan(MOST_AT_PEAK)
  expect(kept).toBeLessThan(MOST_LEFT)
})

/** Some kilobytes for each event, so that what a socket holds is soon full. */
const PHONE = 'customerPhone { masked region carrier }'
const WIDE = `id direction status startedAt legs { id party { masked } } ${Array.from({ length: 25 }, (_, i) => `a${i}: ${PHONE}`).join(' ')}`
const ORDER = ['DIALING', 'QUEUED', 'RINGING', 'ANSWERED', 'ENDED']
