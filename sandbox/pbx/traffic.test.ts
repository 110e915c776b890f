import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWorld, type World } from '../testing/world.js'
import type { CallEvent } from './event.js'

let world: World
beforeEach(async () => {
  world = await startWorld({ quiet: false })
})
afterEach(() => world.stop())

const calls = (events: CallEvent[]) => [...Map.groupBy(events, ({ callId }) => callId).values()]
const has = (type: CallEvent['type'], call: CallEvent[]) => call.some(event => event.type === type)

test('twenty minutes have calls of every kind, known and unknown callers, and each comes to an end', async () => {
  await world.pbx('POST', '/control/traffic', { perMinute: 8 })
  await world.pass(20 * 60)
  await world.pbx('POST', '/control/traffic', { on: false })
  await world.pass(150)
  const all = calls(world.events())
  expect(all.length).toBeGreaterThan(100)
  expect(all.length).toBeLessThan(260)
  for (const call of all) {
    expect(call[0]!.type).toBe('call.started')
    expect(call.filter(({ type }) => type === 'call.ended')).toHaveLength(1)
    expect(call.filter(({ type }) => type === 'call.summary')).toHaveLength(1)
    const times = call.map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
  }
  const outcomes = new Set(all.flatMap(call => call.flatMap(({ outcome }) => outcome ?? [])))
  expect([...outcomes].sort()).toEqual(['abandoned', 'answered', 'busy', 'no_answer'])
  for (const type of ['call.queued', 'call.held', 'call.transferred', 'call.feedback', 'call.recording'] as const)
    expect(all.filter(call => has(type, call)).length, type).toBeGreaterThan(0)
  expect(new Set(all.map(([started]) => started!.direction))).toEqual(new Set(['inbound', 'outbound']))
  expect((await world.pbx('GET', '/control/state')).body).toMatchObject({ live: [], outbox: { waiting: 0, lost: 0 } })
})

test('an agent is never on two calls at once, however much traffic there is', async () => {
  await world.pbx('POST', '/control/traffic', { perMinute: 90 })
  await world.pass(300)
  const holder = new Map<string, string>()
  for (const { type, extension, callId, legId } of world
    .events()
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    if (!extension) continue
    if (type === 'call.leg_ended') holder.delete(extension)
    else if (type !== 'call.transferred') {
      expect(holder.get(extension) ?? callId + legId).toBe(callId + legId)
      holder.set(extension, callId + legId)
    }
  }
})

test('the same clock and seed bring the same traffic', async () => {
  const other = await startWorld({ quiet: false })
  await world.pass(60)
  await other.pass(60)
  expect(other.events()).toEqual(world.events())
  expect(world.events().length).toBeGreaterThan(10)
  await other.stop()
})

test('a quiet sandbox makes no calls of its own until told to', async () => {
  await world.restart({ quiet: true })
  const before = world.events().length
  await world.pass(60)
  expect(world.events().length).toBe(before)
  await world.pbx('POST', '/control/traffic', { on: true, perMinute: 30 })
  await world.pass(60)
  expect(world.events().length).toBeGreaterThan(before)
})

test('after a long sleep it does not make up for the calls it missed', async () => {
  await world.pass(10)
  const before = calls(world.events()).length
  world.clock.advance({ hours: 5 })
  await world.sandbox.runDue()
  expect(calls(world.events()).length - before).toBeLessThanOrEqual(2)
})

test('while the hub is away memory is bounded, new calls wait, and every event of those that began arrives', async () => {
  world.hub.status = () => 503
  await world.pbx('POST', '/control/traffic', { perMinute: 600 })
  await world.pass(700)
  const { body } = await world.pbx<{ outbox: { waiting: number; lost: number } }>('GET', '/control/state')
  expect(body.outbox.waiting).toBeGreaterThan(4_200)
  expect(body.outbox.waiting).toBeLessThanOrEqual(5_000)
  expect(body.outbox.lost).toBe(0)
  expect((await world.pbx('POST', '/control/call', {})).status).toBe(503)
  await world.pbx('POST', '/control/traffic', { on: false })
  world.hub.status = () => 202
  await world.pass(150)
  for (const call of calls(world.events())) expect(has('call.ended', call)).toBe(true)
})
