import { describe, expect, it } from 'vitest'
import { dayStart, wallClock } from './day.js'

describe("a company's day", () => {
  it('begins at midnight in its own zone', () => {
    expect(dayStart(new Date('2026-11-23T02:00:00Z'), 'Asia/Shanghai')).toEqual(new Date('2026-11-22T16:00:00Z'))
    expect(dayStart(new Date('2026-11-22T16:00:00Z'), 'Asia/Shanghai')).toEqual(new Date('2026-11-22T16:00:00Z'))
    expect(dayStart(new Date('2026-11-22T15:59:59.999Z'), 'Asia/Shanghai')).toEqual(new Date('2026-11-21T16:00:00Z'))
  })

  it('also where clocks were put forward or back since', () => {
    expect(dayStart(new Date('2026-03-29T12:00:00Z'), 'Europe/Berlin')).toEqual(new Date('2026-03-28T23:00:00Z'))
    expect(dayStart(new Date('2026-10-25T12:00:00Z'), 'Europe/Berlin')).toEqual(new Date('2026-10-24T22:00:00Z'))
  })
})

describe('the clock on the wall', () => {
  it('shows day of the week and minutes since midnight', () => {
    expect(wallClock(new Date('2026-11-23T02:05:59Z'), 'Asia/Shanghai')).toEqual({ weekday: 1, minutes: 605 })
    expect(wallClock(new Date('2026-11-22T15:59:00Z'), 'Asia/Shanghai')).toEqual({ weekday: 7, minutes: 1439 })
    expect(wallClock(new Date('2026-11-22T16:00:00Z'), 'Asia/Shanghai')).toEqual({ weekday: 1, minutes: 0 })
  })
})
