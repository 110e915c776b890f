import { expect, it } from 'vitest'
import { retryAt } from './retryAt.js'

it('Waits longer after each failure, up to an hour, and never at one moment with all others', () => {
  const now = new Date('2026-11-23T02:00:00Z')
  const minutes = (tries: number, random: number) => (retryAt(tries, now, random).getTime() - now.getTime()) / 60_000
  expect([1, 2, 3, 4, 5, 500].map(tries => minutes(tries, 0))).toEqual([0.5, 2, 8, 32, 60, 60])
  expect(minutes(5, 1)).toBe(66)
})
