import { expect, test } from 'vitest'
import { Lru } from './lru.js'

test('what was not used for longest goes first', () => {
  const lru = new Lru<string, number>(2)
  lru.set('a', 1)
  lru.set('b', 2)
  lru.get('a')
  lru.set('c', 3)
  expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3])
})

test('it never holds more than its capacity, and setting anew takes no second place', () => {
  const lru = new Lru<number, number>(3)
  for (let n = 0; n < 100; n++) lru.set(n, n)
  lru.set(99, 1)
  lru.set(99, 2)
  expect(lru.size).toBe(3)
  expect(lru.get(97)).toBe(97)
  expect(lru.get(99)).toBe(2)
})

test('a capacity that is no whole number above 0 is refused', () => {
  for (const capacity of [0, -1, 1.5, Number.NaN]) expect(() => new Lru(capacity)).toThrow()
})
