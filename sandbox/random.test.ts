import { expect, test } from 'vitest'
import { seededRandom } from './random.js'

test('the same seed draws the same, another seed does not', () => {
  const draw = (seed: number) => Array.from({ length: 20 }, seededRandom(seed).next)
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('draws stay in their bounds and follow their weights', () => {
  const random = seededRandom(1)
  const ints = Array.from({ length: 2000 }, () => random.int(3, 5))
  expect(new Set(ints)).toEqual(new Set([3, 4, 5]))
  const heavy = Array.from({ length: 2000 }, () => random.weighted({ often: 9, seldom: 1, never: 0 }))
  expect(heavy.filter(key => key === 'often').length).toBeGreaterThan(1700)
  expect(heavy).not.toContain('never')
  expect(random.digits(11)).toMatch(/^\d{11}$/)
})

test('half of the log-normal draws lie below the median', () => {
  const random = seededRandom(2)
  const below = Array.from({ length: 4000 }, () => random.logNormal(90, 0.9)).filter(value => value < 90).length
  expect(below).toBeGreaterThan(1850)
  expect(below).toBeLessThan(2150)
})
