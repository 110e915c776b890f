import { expect, it } from 'vitest'
import { isUnheard } from './isUnheard.js'

it('B14: a system that nobody hears is found out after two minutes, one that nobody listens to never', () => {
  const now = new Date('2026-11-23T02:00:00Z')
  expect(isUnheard('2026-11-23T01:58:00.000Z', now)).toBe(false)
  expect(isUnheard('2026-11-23T01:57:59.999Z', now)).toBe(true)
  expect(isUnheard(null, now)).toBe(false)
})
