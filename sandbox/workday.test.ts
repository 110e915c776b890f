import { expect, test } from 'vitest'
import { dayStamp, dayStart, hourMs, hourOfDay, weekday } from './shanghai.js'
import { pace, slotsOf } from './workday.js'

const monday = dayStart(new Date('2026-11-23T02:00:00Z'))

test('a day begins at midnight in Shanghai', () => {
  expect(new Date(monday).toISOString()).toBe('2026-11-22T16:00:00.000Z')
  expect(weekday(monday)).toBe(1)
  expect(dayStamp(monday)).toBe('20261123')
  expect(hourOfDay(monday + 13.5 * hourMs)).toBe(13.5)
})

test('calls begin between 09:00 and 18:30, fewer at lunch and almost none on Sunday', () => {
  const slots = slotsOf(monday)
  expect(slots[0]!.from).toBe(monday + 9 * hourMs)
  expect(slots.at(-1)!.to).toBe(monday + 18.5 * hourMs)
  const at = (hour: number) => slots.find(slot => slot.from === monday + hour * hourMs)!.weight
  expect(at(12)).toBeLessThan(at(10) / 3)
  expect(slotsOf(monday - 24 * hourMs)[4]!.weight).toBeLessThan(at(11) / 10)
})

test('the demonstration is alive at night and livelier by day', () => {
  expect(pace(monday + 3 * hourMs, monday)).toBe(0.75)
  expect(pace(monday + 10 * hourMs, monday)).toBe(1)
})
