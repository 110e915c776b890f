import { expect, test } from 'vitest'
import { readTime, timeFormat } from './time.js'

const zone = 'Asia/Shanghai'
const TEN = '2026-11-23T02:00:00.000Z'

test.each([
  ['2026-11-23 10:00:00', TEN],
  ['2026/11/23 10:00', TEN],
  ['2026.11.23 10:00', TEN],
  ['2026年11月23日 10时00分00秒', TEN],
  ['2026年11月23日 10:00', TEN],
  ['20261123100000', TEN],
  ['20261123T1000', TEN],
  ['2026-11-23T02:00:00Z', TEN],
  ['2026-11-23T02:00:00.000+00:00', TEN],
  ['2026-11-23T10:00:00+0800', TEN],
  ['1795399200', TEN],
  ['1795399200000', TEN],
  ['2026-11-23 10:00:00.25', '2026-11-23T02:00:00.250Z'],
  ['2026-1-2 3:04', '2026-01-01T19:04:00.000Z'],
  ['2026-11-23', '2026-11-22T16:00:00.000Z'],
])('%s is a time', (text, moment) => {
  expect(readTime(text, { zone })?.toISOString()).toBe(moment)
})

test.each(['0000-00-00 00:00:00', '23/11/2026', 'gestern', '2026-02-30', '138123456', '2200-01-01', '10:00', ''])(
  '%s is none',
  text => {
    expect(readTime(text, { zone })).toBeUndefined()
  },
)

test('other ways of writing are told by a form', () => {
  const read = (form: string, text: string) => readTime(text, { zone, format: timeFormat(form)! })?.toISOString()
  expect(read('DD/MM/YYYY HH:mm', '23/11/2026 10:00')).toBe(TEN)
  expect(read('MM/DD/YYYY HH:mm:ss', '11/23/2026 10:00:00')).toBe(TEN)
  expect(read('DD.MM.YYYY HH:mm', '23.11.2026')).toBe('2026-11-22T16:00:00.000Z')
  expect(read('DD/MM/YYYY', '2026-11-23')).toBeUndefined()
})

test('a form must name the day', () => {
  expect(timeFormat('HH:mm')).toBeUndefined()
  expect(timeFormat('DD/MM/YYYY DD')).toBeUndefined()
})
