import { describe, expect, it } from 'vitest'
import { channelVariable, header, timeOf } from './amiEvent.js'

describe('Headers', () => {
  it('that are empty or unknown count as missing; of repeated ones the first is taken', () => {
    const event = { A: '', B: '<unknown>', C: ['x', 'y'], D: 'z' }
    expect(['A', 'B', 'C', 'D', 'E'].map(name => header(event, name))).toEqual([
      undefined,
      undefined,
      'x',
      'z',
      undefined,
    ])
  })

  it('carry channel variables, one or several', () => {
    expect(channelVariable({ ChanVariable: ['A=1', 'B=x=y', 'C='] }, 'B')).toBe('x=y')
    expect(channelVariable({ ChanVariable: ['A=1', 'C='] }, 'C')).toBeUndefined()
    expect(channelVariable({ ChanVariable: 'A=1' }, 'A')).toBe('1')
    expect(channelVariable({}, 'A')).toBeUndefined()
  })
})

describe('When it happened', () => {
  it.each([
    [{ Timestamp: '1795428081.744494', rx: 'later' }, '2026-11-23T10:01:21.744Z'],
    [{ Timestamp: '1795428081.9999995' }, '2026-11-23T10:01:21.999Z'],
    [{ Timestamp: '1795428081.05' }, '2026-11-23T10:01:21.050Z'],
    [{ Timestamp: '1795428081' }, '2026-11-23T10:01:21.000Z'],
    [{ Timestamp: 'never', rx: '2026-11-23T10:00:00.000Z' }, '2026-11-23T10:00:00.000Z'],
    [{}, undefined],
  ])('%j: %s', (event, at) => {
    expect(timeOf(event)).toBe(at)
  })
})
