import { expect, test } from 'vitest'
import { reconnectDelay } from './reconnectDelay.js'

test('attempts come soon at first, then every ten seconds', () => {
  expect([0, 1, 2, 6, 7, 1000].map(reconnectDelay)).toEqual([100, 200, 400, 6400, 10_000, 10_000])
})
