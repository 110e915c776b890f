import type { Random } from '../random.js'
import { dayMs, dayStart, hourMs } from '../shanghai.js'
import { type Slot, slotsOf } from '../workday.js'

/** Days of history before the moment it is seen at. */
export const historyDays = 90

/** When calls began, in order: office hours of the last 90 days, and none so late that it could still be going on. */
export function callStarts(random: Random, until: Date, count: number): number[] {
  const latest = until.getTime() - hourMs
  const slots = daysBefore(until)
    .flatMap(slotsOf)
    .map(slot => ({ ...slot, to: Math.min(slot.to, latest) }))
    .filter(slot => slot.to > slot.from)
  const ends = runningTotals(slots)
  const total = ends.at(-1)!
  return Array.from({ length: count }, () => {
    const slot = slots[firstAbove(ends, random.next() * total)]!
    return Math.floor((slot.from + random.next() * (slot.to - slot.from)) / 1000) * 1000
  }).sort((a, b) => a - b)
}

const daysBefore = (until: Date) =>
  Array.from({ length: historyDays }, (_, index) => dayStart(until) - (historyDays - 1 - index) * dayMs)

function runningTotals(slots: readonly Slot[]): number[] {
  let sum = 0
  return slots.map(({ weight }) => (sum += weight))
}

function firstAbove(ends: readonly number[], value: number): number {
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
