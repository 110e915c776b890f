import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasCircle } from './circle.js'

describe('teams', () => {
  it('make a circle when one stands below itself', () => {
    expect(hasCircle([{ id: 'a', parentId: 'a' }])).toBe(true)
    expect(
      hasCircle([
        { id: 'a', parentId: 'b' },
        { id: 'b', parentId: 'c' },
        { id: 'c', parentId: 'a' },
      ]),
    ).toBe(true)
  })

  it('make none as long as each stands below an earlier one, and one as soon as the first stands below the last', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 2, maxLength: 30 }), picks => {
        const teams = picks.map((pick, i) => ({ id: `${i}`, parentId: i === 0 ? null : `${pick % i}` }))
        expect(hasCircle(teams)).toBe(false)
        expect(hasCircle([{ id: '0', parentId: `${teams.length - 1}` }, ...teams.slice(1)])).toBe(true)
      }),
    )
  })

  it('may name a parent that is not there', () => {
    expect(hasCircle([{ id: 'a', parentId: 'elsewhere' }])).toBe(false)
  })
})
