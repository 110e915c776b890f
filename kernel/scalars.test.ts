import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateTime } from './scalars.js'

/** As PostgreSQL writes it: no trailing zeros. */
const stored = (at: Date) =>
  at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '+00')

describe('DateTime', () => {
  it('is written alike, whether it comes as a moment, as ISO 8601, or as the database writes it', () => {
    const moment = fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, at => {
        for (const value of [at, at.toISOString(), at.getTime() % 1000 === 0 ? at : stored(at)])
          expect(DateTime.serialize(value)).toBe(at.toISOString())
      }),
    )
    expect(DateTime.serialize('2026-11-23 02:00:00+00')).toBe('2026-11-23T02:00:00.000Z')
    expect(DateTime.serialize('2026-11-23 02:00:00.5+00')).toBe('2026-11-23T02:00:00.500Z')
    expect(DateTime.serialize('2026-11-23 10:00:00+08')).toBe('2026-11-23T02:00:00.000Z')
  })

  it('that is none is an error, not a text', () => {
    for (const value of ['never', 'infinity', '', null]) expect(() => DateTime.serialize(value)).toThrow()
  })
})
