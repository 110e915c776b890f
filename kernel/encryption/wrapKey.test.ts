import { generateKeySync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { KeyRing } from './keyRing.js'
import { unwrapKey, wrapKey, wrappedBy } from './wrapKey.js'

const base64 = () => randomBytes(32).toString('base64')
const [first, second, index] = [base64(), base64(), base64()]
const before = KeyRing.parse(`first:${first},index:${index}`)
const dataKey = generateKeySync('aes', { length: 256 })

test('a data key comes back, and an old wrapping key still opens after rotation', () => {
  const wrapped = wrapKey(before, dataKey)
  expect(unwrapKey(before, wrapped).equals(dataKey)).toBe(true)
  const after = KeyRing.parse(`second:${second},first:${first},index:${index}`)
  expect(unwrapKey(after, wrapped).equals(dataKey)).toBe(true)
  expect(wrappedBy(wrapped)).toBe('first')
  expect(wrappedBy(wrapKey(after, dataKey))).toBe('second')
})

test('a wrapping key that is gone, or another one of the same name, is named', () => {
  const wrapped = wrapKey(before, dataKey)
  expect(() => unwrapKey(KeyRing.parse(`second:${second},index:${index}`), wrapped)).toThrow('no wrapping key "first"')
  expect(() => unwrapKey(KeyRing.parse(`first:${second},index:${index}`), wrapped)).toThrow('wrapping key "first"')
})

test('a change of any byte, and any cut, is noticed', () => {
  const wrapped = wrapKey(before, dataKey)
  for (let place = 0; place < wrapped.length; place++) {
    const changed = Buffer.from(wrapped)
    changed[place]! ^= 0x10
    expect(() => unwrapKey(before, changed), `byte ${place}`).toThrow()
    expect(() => unwrapKey(before, wrapped.subarray(0, place)), `cut at ${place}`).toThrow()
  }
})
