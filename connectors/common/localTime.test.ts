import { describe, expect, it } from 'vitest'
import { readTime, Zone } from './localTime.js'

const utc = (zone: string, text: string) => new Date(new Zone(zone).toUtc(readTime(text)!.ms)).toISOString()

describe('Times in records', () => {
  it.each([
    ['2026-11-23 10:01:21', '2026-11-23T10:01:21.000Z', true],
    ['2026-11-23 10:01:21.7439', '2026-11-23T10:01:21.743Z', true],
    ['2026-11-23T10:01:21,05', '2026-11-23T10:01:21.050Z', true],
    ['2026-11-23 18:01:21.743+0800', '2026-11-23T10:01:21.743Z', false],
    ['2026-11-23 04:31:21-05:30', '2026-11-23T10:01:21.000Z', false],
    ['2026-11-23 10:01:21+00', '2026-11-23T10:01:21.000Z', false],
    ['2026-11-23T10:01:21Z', '2026-11-23T10:01:21.000Z', false],
    ['1795428081', '2026-11-23T10:01:21.000Z', false],
    ['1795428081.743131', '2026-11-23T10:01:21.743Z', false],
  ])('%s', (text, time, isLocal) => {
    expect(readTime(text)).toEqual({ ms: Date.parse(time), isLocal })
  })

  it.each([
    undefined,
    '',
    'yesterday',
    '2026-13-01 00:00:00',
    '2026-11-23',
    '0000-00-00 00:00:00',
    '17',
    '13812345678901',
  ])('%s is none', text => {
    expect(readTime(text)).toBeUndefined()
  })
})

describe('A zone', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-23 18:01:21', '2026-11-23T10:01:21.000Z'],
    ['UTC', '2026-11-23 18:01:21', '2026-11-23T18:01:21.000Z'],
    ['America/New_York', '2026-03-08 01:59:59', '2026-03-08T06:59:59.000Z'],
    ['America/New_York', '2026-03-08 03:00:00', '2026-03-08T07:00:00.000Z'],
    // The hour that is skipped, and the one that comes twice.
    ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T05:30:00.000Z'],
    ['America/New_York', '2026-11-01 02:30:00', '2026-11-01T07:30:00.000Z'],
    ['Asia/Kathmandu', '2026-11-23 15:46:21', '2026-11-23T10:01:21.000Z'],
    ['Europe/London', '2026-10-25 00:30:00', '2026-10-24T23:30:00.000Z'],
  ])('%s: %s is %s', (zone, local, time) => {
    expect(utc(zone, local)).toBe(time)
  })
})

describe('An hour that comes twice', () => {
  const newYork = new Zone('America/New_York')
  const at = (text: string, since?: string) =>
    new Date(newYork.toUtc(readTime(text)!.ms, since === undefined ? undefined : Date.parse(since))).toISOString()

  it('is the second one where the first is too early', () => {
    expect(at('2026-11-01 01:30:00')).toBe('2026-11-01T05:30:00.000Z')
    expect(at('2026-11-01 01:30:00', '2026-11-01T05:30:00Z')).toBe('2026-11-01T05:30:00.000Z')
    expect(at('2026-11-01 01:30:00', '2026-11-01T05:30:01Z')).toBe('2026-11-01T06:30:00.000Z')
  })

  it('is no other than what the clocks showed, however late', () => {
    expect(at('2026-11-01 00:59:59', '2026-11-01T06:00:00Z')).toBe('2026-11-01T04:59:59.000Z')
    expect(at('2026-11-01 02:00:00', '2026-11-01T09:00:00Z')).toBe('2026-11-01T07:00:00.000Z')
    expect(at('2026-03-08 02:30:00', '2026-03-08T09:00:00Z')).toBe('2026-03-08T07:30:00.000Z')
  })
})
