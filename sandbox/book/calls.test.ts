import { expect, test } from 'vitest'
import { agentAt } from '../agents.js'
import { hourOfDay, weekday } from '../shanghai.js'
import { sandboxCalls } from './calls.js'
import { sandboxCustomers } from './customers.js'

const until = new Date('2026-11-23T09:00:00Z')
const customers = sandboxCustomers(1, until)
const calls = sandboxCalls(1, until, 20_000, customers)
const share = (condition: (call: (typeof calls)[number]) => boolean) => calls.filter(condition).length / calls.length

test('the same seed has the same past', () => {
  expect(sandboxCalls(1, until, 500, customers)).toEqual(sandboxCalls(1, until, 500, customers))
  expect(sandboxCalls(2, until, 500, customers)).not.toEqual(sandboxCalls(1, until, 500, customers))
})

test('calls come in order, in office hours of the last 90 days, and are over', () => {
  expect(calls).toHaveLength(20_000)
  const starts = calls.map(({ startedAt }) => startedAt.getTime())
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  expect(starts[0]).toBeGreaterThan(until.getTime() - 91 * 86_400_000)
  expect(Math.max(...calls.map(({ endedAt }) => endedAt.getTime()))).toBeLessThanOrEqual(until.getTime())
  expect(calls.every(({ startedAt }) => hourOfDay(startedAt) >= 9 && hourOfDay(startedAt) < 18.5)).toBe(true)
})

test('lunch is quiet, Sundays are almost silent', () => {
  expect(share(({ startedAt }) => Math.floor(hourOfDay(startedAt)) === 12)).toBeLessThan(0.05)
  expect(share(({ startedAt }) => Math.floor(hourOfDay(startedAt)) === 10)).toBeGreaterThan(0.12)
  expect(share(({ startedAt }) => weekday(startedAt) === 0)).toBeLessThan(0.02)
})

test('outcomes, directions and durations are those of a small call centre', () => {
  expect(share(({ direction }) => direction === 'INBOUND')).toBeCloseTo(0.55, 1)
  expect(share(({ outcome }) => outcome === 'ANSWERED')).toBeGreaterThan(0.6)
  for (const outcome of ['NO_ANSWER', 'BUSY', 'ABANDONED'] as const)
    expect(share(call => call.outcome === outcome)).toBeGreaterThan(0.02)
  const talks = calls.filter(({ outcome }) => outcome === 'ANSWERED').map(({ talkSeconds }) => talkSeconds)
  const sorted = talks.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]!
  const mean = sorted.reduce((sum, seconds) => sum + seconds, 0) / sorted.length
  expect(median).toBeGreaterThan(80)
  expect(median).toBeLessThan(110)
  expect(mean).toBeGreaterThan(median * 1.2)
})

test('times and durations of each call agree', () => {
  for (const call of calls) {
    const seconds = (from: Date | null, to: Date | null) => (from && to ? (to.getTime() - from.getTime()) / 1000 : 0)
    expect(call.durationSeconds).toBe(seconds(call.startedAt, call.endedAt))
    expect(call.talkSeconds).toBe(seconds(call.answeredAt, call.endedAt))
    expect(call.answeredAt !== null).toBe(call.outcome === 'ANSWERED')
    expect(call.agentId).toBe(call.extension ? agentAt(call.extension)!.id : null)
  }
})

test('nobody is on two calls at once', () => {
  for (const own of Map.groupBy(
    calls.filter(({ ringingAt }) => ringingAt),
    ({ agentId }) => agentId,
  ).values())
    for (const [index, call] of own.entries()) {
      const next = own[index + 1]
      if (next) expect(next.ringingAt!.getTime()).toBeGreaterThanOrEqual(call.endedAt.getTime())
    }
})

test('callers are strangers, customers, or several who share a number; who must not be called is not', () => {
  const quiet = new Set(customers.filter(({ doNotCall }) => doNotCall).map(({ id }) => id))
  expect(share(({ customerIds }) => customerIds.length === 0)).toBeCloseTo(0.16, 1)
  expect(share(({ customerIds }) => customerIds.length > 1)).toBeGreaterThan(0.01)
  expect(
    calls.some(({ direction, customerIds }) => direction === 'OUTBOUND' && customerIds.some(id => quiet.has(id))),
  ).toBe(false)
})
