import { describe, expect, it } from 'vitest'
import { callTimes, type ToldTimes } from './callTimes.js'

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 2, 0, second))
const told = (more: Partial<ToldTimes>): ToldTimes => ({
  startedAt: at(0),
  ringing: null,
  answeredAt: null,
  endedAt: null,
  talk: null,
  duration: null,
  answered: null,
  ...more,
})
/** Seconds after the start. */
const times = (more: Partial<ToldTimes>) => {
  const { ringingAt, answeredAt, endedAt, problems } = callTimes(told(more))
  const second = (date: Date | null) => date && (date.getTime() - at(0).getTime()) / 1000
  return [
    second(ringingAt),
    second(answeredAt),
    second(endedAt),
    ...problems.map(({ field, reason }) => `${field} ${reason}`),
  ]
}

describe('a call of a list', () => {
  it('has the times that are said', () => {
    expect(times({ ringing: at(2), answeredAt: at(10), endedAt: at(70) })).toEqual([2, 10, 70])
    expect(times({ ringing: at(2), endedAt: at(30), answered: false })).toEqual([2, null, 30])
  })

  it('was answered as long before its end as they talked', () => {
    expect(times({ endedAt: at(70), talk: 60 })).toEqual([null, 10, 70])
    expect(times({ duration: 70, talk: 60 })).toEqual([null, 10, 70])
    expect(times({ duration: 70, talk: 60, ringing: 8 })).toEqual([2, 10, 70])
    expect(times({ ringing: 10, talk: 60 })).toEqual([0, 10, 70])
    expect(times({ talk: 60 })).toEqual([null, 0, 60])
  })

  it('of zero seconds counts as answered where the list says so', () => {
    expect(times({ endedAt: at(5), talk: 0, answered: true })).toEqual([null, 5, 5])
    expect(times({ answered: true })).toEqual([null, 0, 0])
    expect(times({ talk: 0, duration: 20 })).toEqual([null, null, 20])
  })

  it('that nobody answered rang until it was over', () => {
    expect(times({ ringing: 12 })).toEqual([0, null, 12])
    expect(times({ ringing: 12, duration: 20 })).toEqual([8, null, 20])
    expect(times({})).toEqual([null, null, 0])
  })

  it('keeps what fits its start and its outcome', () => {
    expect(times({ endedAt: at(-5), talk: 60 })).toEqual([null, 0, 60, 'endedAt BEFORE_START'])
    expect(times({ answeredAt: at(-5), endedAt: at(9) })).toEqual([null, null, 9, 'answeredAt BEFORE_START'])
    expect(times({ answered: false, answeredAt: at(5), endedAt: at(9) })).toEqual([
      null,
      null,
      9,
      'answeredAt NOT_ANSWERED',
    ])
    expect(times({ answered: false, talk: 5, duration: 9 })).toEqual([null, null, 9, 'talk NOT_ANSWERED'])
    expect(times({ talk: 500, endedAt: at(60) })).toEqual([null, 0, 60])
    expect(times({ answeredAt: at(50), endedAt: at(40) })).toEqual([null, 40, 40])
  })
})
