import { expect, test } from 'vitest'
import { nearest } from './nearest.js'

const known = ['queues', 'teams', 'people', 'systems']

test.each([
  ['quues', 'queues'],
  ['tems', 'teams'],
  ['TEAMS', 'teams'],
  ['poeple', 'people'],
])('"%s" was meant to be "%s"', (word, meant) => {
  expect(nearest(word, known)).toBe(meant)
})

test('a word that is like none is nothing', () => {
  for (const word of ['colour', 'x', '']) expect(nearest(word, known)).toBeNull()
  expect(nearest('x', [])).toBeNull()
})
