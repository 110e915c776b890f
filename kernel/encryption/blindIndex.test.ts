import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blindIndex } from './blindIndex.js'
import { KeyRing } from './keyRing.js'

const [wrapping, other, index] = [0, 1, 2].map(() => randomBytes(32).toString('base64'))
const ring = KeyRing.parse(`a:${wrapping},index:${index}`)

test('equal values have equal indexes, also after the wrapping keys were rotated', () => {
  const rotated = KeyRing.parse(`b:${other},index:${index}`)
  expect(blindIndex(ring, 'phone', '13812345678')).toBe(blindIndex(rotated, 'phone', '13812345678'))
  expect(blindIndex(ring, 'phone', '13812345678')).toMatch(/^[A-Za-z0-9_-]{22}$/)
})

test('other values, kinds and index keys give other indexes', () => {
  const stranger = KeyRing.parse(`a:${wrapping},index:${other}`)
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      fc.pre(one !== two)
      expect(blindIndex(ring, 'phone', one)).not.toBe(blindIndex(ring, 'phone', two))
      expect(blindIndex(ring, 'phone', one)).not.toBe(blindIndex(ring, 'email', one))
      expect(blindIndex(ring, 'phone', one)).not.toBe(blindIndex(stranger, 'phone', one))
    }),
  )
})
