import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import type { BackfillSource, HookDelivery } from '../../kernel/ports/index.js'
import { readRecords, startBackfill, waitingMessages } from '../../subgraphs/sync/index.js'
import { splitHub } from '../federation/splitHub.js'
import { lineConnector } from '../kit/lineConnector.js'
import { startHub } from '../kit/startHub.js'
import { factOf, withLines } from './lineHub.js'

const poll = (ask: () => unknown) => expect.poll(ask, { timeout: 10_000, interval: 20 })
const DAY = { from: new Date('2026-11-22T00:00:00Z'), to: new Date('2026-11-23T00:00:00Z') }
const ASK = 'mutation { backfillSystem(system: "pbx", from: "2026-11-22T00:00:00Z") { run { id } } }'

/** A system that takes requests and never answers. */
let silent: Server
beforeAll(async () => {
  silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(silent, 'listening')
})
afterAll(() => {
  silent.closeAllConnections()
  silent.close()
})

it('B13: records of the past wait while more than a few hundred messages wait to be applied', async () => {
  const hub = await startHub({
    connectors: clock => [lineConnector(clock)],
    config: config => withLines(config, 1, {}),
  })
  const deliveries = Array.from({ length: 2000 }, (_, i): HookDelivery => {
    const fact = factOf(`call-${i}`, 'LEG_STARTED', DAY.from, { legId: 'a' })
    return { key: fact.key, payload: Buffer.from(JSON.stringify(fact)) }
  })
  const source: BackfillSource = {
    about: 'a list',
    read: async (_span, sink) => {
      await sink.store(deliveries)
      return { records: deliveries.length, unreadable: 0 }
    },
  }
  const { kernel, inbox } = hub
  const run = await startBackfill(kernel, 'pbx', DAY)
  let most = 0
  let over = false
  const reading = readRecords({
    kernel,
    inbox,
    systemId: 'pbx',
    source,
    span: DAY,
    run,
    signal: new AbortController().signal,
    came: () => undefined,
  }).finally(() => {
    over = true
  })
  await poll(() => waitingMessages(kernel, 'pbx')).toBeGreaterThan(500)
  while (!over) {
    most = Math.max(most, await waitingMessages(kernel, 'pbx'))
    await hub.settle()
  }
  expect(await reading).toMatchObject({ state: 'DONE', records: 2000, changed: 2000 })
  expect(most).toBeLessThanOrEqual(700)
  await hub.settle()
  expect(await waitingMessages(kernel, 'pbx')).toBe(0)
})

it('B13: a source that does not answer keeps no hub from stopping, and its run is cut short', async () => {
  const { port } = silent.address() as { port: number }
  const split = await splitHub({
    config: config => withLines(config, 1, {}),
    connectors: clock => [
      {
        ...lineConnector(clock),
        backfill: () => ({
          about: 'its list of calls',
          read: async () => {
            // It does not even listen to the signal.
            await fetch(`http://127.0.0.1:${port}/calls`)
            return { records: 0, unreadable: 0 }
          },
        }),
      },
    ],
  })
  const door = await split.start('gateway,crm,call,sync,access')
  const admin = split.as(door, 'admin')
  const asked = once(silent, 'request')
  await admin.query(ASK)
  const worker = await split.start('worker')
  await asked
  await worker.stop()
  expect(await admin.query('{ syncRuns { nodes { state error } } }')).toEqual({
    syncRuns: { nodes: [{ state: 'CUT_SHORT', error: null }] },
  })
})

it('C4: an error that quotes a record is told to nobody, and the log masks it', async () => {
  const logged: string[] = []
  const hub = await startHub({
    log: createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) }),
    config: config => withLines(config, 1, {}),
    connectors: clock => [
      {
        ...lineConnector(clock),
        backfill: () => ({
          about: 'its list of calls',
          read: () => Promise.reject(new Error('a quote is missing in "13812345678"')),
        }),
      },
    ],
  })
  const admin = hub.as('admin')
  await admin.query(ASK)
  await hub.backfill()
  const { syncRuns } = await admin.query('{ syncRuns { nodes { state error } } }')
  const error = 'Its list of calls could not be read. It could not be read to its end; the log of the hub says why.'
  expect(syncRuns.nodes).toEqual([{ state: 'FAILED', error }])
  expect(logged.join('')).toContain('a quote is missing')
  expect(logged.join('')).not.toContain('13812345678')
})
