import { describe, expect, it } from 'vitest'
import { readTime, Zone } from '../../common/localTime.js'
import { tellingOf, zoneOf } from './zoneOf.js'

const BEGAN = 1795428081
const shanghai = new Zone('Asia/Shanghai')

/** So many records, each of these seconds after its channel began, as clocks of that many hours from UTC show it. */
const records = (hours: number, after: number[]) =>
  after.map((seconds, i) => ({ local: (BEGAN + i + seconds + hours * 3600) * 1000, began: (BEGAN + i) * 1000 }))
const fresh = Array.from({ length: 20 }, (_, i) => (i % 4) * 60)

describe('The zone of records', () => {
  it('is that of the System or UTC, whichever the ids of channels agree with', () => {
    expect(zoneOf(records(8, fresh), shanghai)?.name).toBe('Asia/Shanghai')
    expect(zoneOf(records(0, fresh), shanghai)?.name).toBe('UTC')
    expect(zoneOf(records(-5, fresh), new Zone('America/New_York'))?.name).toBe('America/New_York')
    expect(zoneOf(records(0, fresh), new Zone('America/New_York'))?.name).toBe('UTC')
    expect(zoneOf(records(8, [3600]), shanghai)?.name).toBe('Asia/Shanghai')
  })

  it('is not guessed where it is neither', () => {
    for (const hours of [9, -5, 5.5, 1]) expect(zoneOf(records(hours, fresh), shanghai), String(hours)).toBeNull()
  })

  it('is known although a clock was set back', () => {
    const [first, second, ...rest] = records(8, fresh)
    const before = [first!, second!].map(one => ({ ...one, local: one.local - 3 * 3_600_000 }))
    expect(zoneOf([...before, ...rest], shanghai)?.name).toBe('Asia/Shanghai')
  })

  it('is known in the hour that comes twice, also in the second one', () => {
    const newYork = new Zone('America/New_York')
    const began = (minute: number) => Date.parse('2026-11-01T06:00:00Z') + minute * 60_000
    const twice = fresh.map((_, i) => ({ local: Date.parse('2026-11-01T01:00:01Z') + i * 60_000, began: began(i) }))
    expect(zoneOf(twice, newYork)?.name).toBe('America/New_York')
    expect(zoneOf(twice.slice(0, 3), newYork)?.name).toBe('America/New_York')
  })

  it('is told by local times of channels with a time in their ids only', () => {
    const time = readTime('2026-11-23 18:01:21')
    expect(tellingOf(time, 'pbx1-1795428081.23')).toEqual({ local: time!.ms, began: BEGAN * 1000 })
    expect(tellingOf(time, '1795428081.23')).toEqual({ local: time!.ms, began: BEGAN * 1000 })
    expect(tellingOf(time, 'hub-5d8e7a52')).toBeUndefined()
    expect(tellingOf(readTime('1795428081'), 'pbx1-1795428081.23')).toBeUndefined()
    expect(tellingOf(undefined, 'pbx1-1795428081.23')).toBeUndefined()
  })
})
