import { afterEach, beforeEach, expect, test } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { seededRandom } from '../random.js'
import { type Receiver, startReceiver } from '../testing/receiver.js'
import { backoff } from './backoff.js'
import { Outbox, type Waiting } from './outbox.js'
import { signedHeaders } from './sign.js'
import { verdictOf } from './verdict.js'

const path = '/hooks/x'
const clock = new TestClock()
let hub: Receiver
let log: string[]
let waiting: Waiting<{ id: number }>
let outbox: Outbox<{ id: number }>

const outboxTo = (url: string) =>
  new Outbox<{ id: number }>({
    url,
    secret: 'key',
    clock,
    random: seededRandom(1),
    log: { info: (_, text) => log.push(text), warn: (_, text) => log.push(text), error: (_, text) => log.push(text) },
    waiting,
    changed: () => {},
    wake: () => {},
  })

beforeEach(async () => {
  hub = await startReceiver({ [path]: 'key' }, clock)
  log = []
  waiting = { events: [], lost: 0 }
  outbox = outboxTo(hub.url + path)
})
afterEach(() => hub.stop())

const add = (from: number, to: number) => {
  for (let id = from; id <= to; id += 1) outbox.add({ id })
}
const ids = () => hub.stored(path).map(({ id }) => id)
const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1)
const later = async (minutes = 1) => {
  clock.advance({ minutes })
  await outbox.runDue(clock.now())
}

test('events arrive signed, in order and in batches', async () => {
  add(1, 120)
  await outbox.runDue(clock.now())
  expect(ids()).toEqual(numbers(120))
  expect(hub.requests).toBe(3)
  expect(outbox.length).toBe(0)
})

test('the signature is the HMAC-SHA256 of timestamp, dot and body', () => {
  expect(signedHeaders('key', new Date(1000), '[]')).toMatchObject({
    'x-hub-timestamp': '1000',
    'x-hub-signature': 'v1=66c8a919761683b163bdc36a4ae77dcb33585f52bcb4123f935a6f20a254a993',
  })
})

test('nothing is lost while the hub is away, failing or unwilling, and the log says so once', async () => {
  for (const status of [503, 500, 429, 401, 404]) {
    hub.status = () => status
    add(1, 3)
    await later()
    await later()
    expect(outbox.length).toBe(3)
    waiting.events.length = 0
  }
  expect(log.filter(text => text.includes('are kept'))).toHaveLength(2)
  await hub.stop()
  add(1, 70)
  await later()
  expect(outbox.length).toBe(70)
  hub = await startReceiver({ [path]: 'key' }, clock, Number(new URL(hub.url).port))
  await later()
  expect(ids()).toEqual(numbers(70))
  expect(log.at(-1)).toContain('takes events again')
})

test('it waits longer after each failure, and as long as the hub asks', async () => {
  expect([0, 1, 2, 20].map(tries => backoff(tries, 1))).toEqual([500, 1000, 2000, 30_000])
  expect(backoff(0, 0, 12)).toBe(12_000)
  hub.status = () => 503
  add(1, 1)
  await outbox.runDue(clock.now())
  await outbox.runDue(clock.now())
  expect(hub.requests).toBe(1)
  clock.advance({ ms: 500 })
  await outbox.runDue(clock.now())
  expect(hub.requests).toBe(2)
})

test('an event that the hub refuses goes alone, its neighbours arrive', async () => {
  hub.status = (_, events) => (events.some(({ id }) => id === 13) ? 400 : 202)
  add(1, 40)
  await outbox.runDue(clock.now())
  expect(ids()).toEqual(numbers(40).filter(id => id !== 13))
  expect(outbox.lost).toBe(1)
})

test('it is bounded: beyond its capacity it counts what it could not keep', () => {
  add(1, 5_003)
  expect(outbox.length).toBe(5_000)
  expect(outbox.lost).toBe(3)
  expect(outbox.nearlyFull).toBe(true)
})

test('answers are told apart by what helps', () => {
  const verdicts = [200, 202, 400, 401, 403, 404, 408, 413, 422, 429, 500, 503].map(verdictOf)
  expect(verdicts.join(' ')).toBe(
    'delivered delivered refused misplaced misplaced misplaced later refused refused later later later',
  )
})
