import { describe, expect, it } from 'vitest'
import { joined } from './joined.js'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 2, minute))
const stretch = (from: number, to: number | null) => ({ from: at(from), to: to === null ? null : at(to) })

describe('Two gaps', () => {
  it('that overlap or nearly touch are one, whichever comes first', () => {
    for (const [a, b] of [
      [stretch(0, 10), stretch(5, 12)],
      [stretch(0, 7), stretch(12, 12)],
    ] as const) {
      expect(joined(a, b)).toEqual(stretch(0, 12))
      expect(joined(b, a)).toEqual(stretch(0, 12))
    }
    expect(joined(stretch(0, 20), stretch(3, 4))).toEqual(stretch(0, 20))
  })

  it('that lie apart stay two', () => {
    expect(joined(stretch(0, 4), stretch(10, 11))).toBeNull()
    expect(joined(stretch(10, null), stretch(0, 4))).toBeNull()
  })

  it('of which one lasts are one that lasts, where they are one', () => {
    expect(joined(stretch(0, null), stretch(30, 40))).toEqual(stretch(0, null))
    expect(joined(stretch(0, 4), stretch(6, null))).toEqual(stretch(0, null))
  })
})
