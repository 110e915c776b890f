import { expect, test } from 'vitest'
import { expectedEnd } from './expectedEnd.js'

const began = new Date('2026-11-24T02:00:00Z')
const now = new Date('2026-11-24T02:10:00Z')

test('a run ends when the rest takes as long as what was done', () => {
  expect(expectedEnd(began, 0.25, now)).toEqual(new Date('2026-11-24T02:40:00Z'))
  expect(expectedEnd(began, 1, now)).toEqual(now)
})

test('nobody can tell before anything was done', () => {
  expect(expectedEnd(began, 0, now)).toBeNull()
  expect(expectedEnd(began, null, now)).toBeNull()
})
