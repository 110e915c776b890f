import { expect, test } from 'vitest'
import { type LocalTime, zonedTime } from './zonedTime.js'

const local = (text: string): LocalTime => {
  const [year, month, day, hour, minute, second] = text.split(/[- :]/).map(Number)
  return { year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: second!, millisecond: 0 }
}
const at = (text: string, zone: string) => zonedTime(local(text), zone)?.toISOString()

test.each([
  ['2026-11-23 10:00:00', 'Asia/Shanghai', '2026-11-23T02:00:00.000Z'],
  ['2026-01-01 00:00:00', 'Asia/Shanghai', '2025-12-31T16:00:00.000Z'],
  // Summer time in China, 1986 to 1991.
  ['1988-07-01 10:00:00', 'Asia/Shanghai', '1988-07-01T01:00:00.000Z'],
  ['2026-07-01 10:00:00', 'Europe/Berlin', '2026-07-01T08:00:00.000Z'],
  ['2026-11-23 10:00:00', 'UTC', '2026-11-23T10:00:00.000Z'],
  ['2026-11-23 10:00:00', 'Asia/Kathmandu', '2026-11-23T04:15:00.000Z'],
])('%s in %s is %s', (text, zone, moment) => {
  expect(at(text, zone)).toBe(moment)
})

test('a time that comes twice in autumn is the earlier one, and one that is skipped in spring is later by as much', () => {
  expect(at('2026-10-25 02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
  expect(at('2026-10-25 03:00:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z')
  expect(at('2026-03-29 02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  expect(at('2026-03-29 03:00:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
})

test.each(['2026-02-30 00:00:00', '2026-13-01 00:00:00', '2026-01-01 24:00:00', '2026-01-01 10:60:00'])(
  '%s does not exist',
  text => {
    expect(at(text, 'Asia/Shanghai')).toBeUndefined()
  },
)
