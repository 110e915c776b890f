import { expect, test } from 'vitest'
import { readDuration } from './duration.js'

test.each([
  ['75', 75],
  ['0', 0],
  ['75.9', 75],
  ['00:01:15', 75],
  ['1:15', 75],
  ['100:00:00', 360_000],
  ['10秒', 10],
  ['1分20秒', 80],
  ['1分钟', 60],
  ['1小时2分3秒', 3723],
  ['1h 2m 3s', 3723],
  ['45s', 45],
])('%s lasts %d seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds)
})

test('plain numbers are in the unit that is said', () => {
  expect(readDuration('75200', 'milliseconds')).toBe(75)
  expect(readDuration('1.5', 'minutes')).toBe(90)
  expect(readDuration('00:01:15', 'milliseconds')).toBe(75)
})

test.each(['', 'x', '-5', '2026-11-23', '1:2:3:4', '秒', '99999999999'])('%s is no duration', text => {
  expect(readDuration(text)).toBeUndefined()
})
