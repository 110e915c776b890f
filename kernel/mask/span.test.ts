import { expect, test } from 'vitest'
import { replaceSpans } from './span.js'

const text = '0123456789'

test('pieces are replaced in their places, in whatever order they are given', () => {
  const spans = [
    { start: 6, end: 8, mask: 'b' },
    { start: 0, end: 2, mask: 'a' },
  ]
  expect(replaceSpans(text, spans, '****')).toBe('a2345b89')
  expect(replaceSpans(text, [], '****')).toBe(text)
})

test('of two pieces one inside of the other, the outer one counts', () => {
  const spans = [
    { start: 3, end: 5, mask: 'in' },
    { start: 2, end: 8, mask: 'out' },
  ]
  expect(replaceSpans(text, spans, '****')).toBe('01out89')
})

test('pieces that overlap are hidden as one', () => {
  const spans = [
    { start: 1, end: 4, mask: 'a' },
    { start: 3, end: 6, mask: 'b' },
    { start: 5, end: 7, mask: 'c' },
  ]
  expect(replaceSpans(text, spans, '****')).toBe('0****789')
})
