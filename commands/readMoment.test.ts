import { expect, it } from 'vitest'
import { readMoment } from './readMoment.js'

const read = (text: string, zone = 'Asia/Shanghai') => readMoment(text, zone)?.toISOString()

it('Reads days and times by the clocks of a zone', () => {
  expect(read('2026-11-01')).toBe('2026-10-31T16:00:00.000Z')
  expect(read('2026-11-01T08:30')).toBe('2026-11-01T00:30:00.000Z')
  expect(read('2026-11-01 08:30:15')).toBe('2026-11-01T00:30:15.000Z')
  expect(read('2026-07-01T12:00', 'Europe/Berlin')).toBe('2026-07-01T10:00:00.000Z')
  expect(read('2026-12-01T12:00', 'Europe/Berlin')).toBe('2026-12-01T11:00:00.000Z')
  // The hour after summer time began.
  expect(read('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
})

it('Leaves a time that names its zone as it is', () => {
  expect(read('2026-11-01T08:30:00Z')).toBe('2026-11-01T08:30:00.000Z')
  expect(read('2026-11-01T08:30+01:00')).toBe('2026-11-01T07:30:00.000Z')
})

it('Refuses what is no time', () => {
  for (const text of ['yesterday', '2026-02-30', '2026-13-01', '2026-11-01T25:00', '1767225600', '', 'xZ'])
    expect(read(text), text).toBeUndefined()
})
