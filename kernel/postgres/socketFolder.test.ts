import { expect, test } from 'vitest'
import { fitsSocket } from './socketFolder.js'

test('a path fits a socket by its bytes, not its letters', () => {
  expect(fitsSocket(`/${'a'.repeat(80)}`)).toBe(true)
  expect(fitsSocket(`/${'a'.repeat(95)}`)).toBe(false)
  expect(fitsSocket(`/${'数'.repeat(40)}`)).toBe(false)
})
