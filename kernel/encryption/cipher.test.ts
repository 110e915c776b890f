import { createSecretKey, generateKeySync, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decrypt, decryptBytes, encrypt, keyIdOf } from './cipher.js'

const key = createSecretKey(Buffer.alloc(32, 7))
const keyId = '0199e1aa-0000-7000-8000-00000000beef'

test('what was encrypted comes back, whatever the text and what it is bound to', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.uuid(), (text, aad, id) => {
      const cipher = encrypt(key, id, text, aad)
      // A lone surrogate has no UTF-8 form; it comes back as Buffer writes it.
      expect(decrypt(key, cipher, aad)).toBe(Buffer.from(text).toString())
      expect(keyIdOf(cipher)).toBe(id)
    }),
  )
})

test('bytes that are no text come back as they were', () => {
  const bytes = Buffer.from([0xff, 0xfe, 0, 0x80])
  expect(decryptBytes(key, encrypt(key, keyId, bytes))).toEqual(bytes)
})

test('a value has 45 bytes more than its text, and no two look alike', () => {
  const one = encrypt(key, keyId, '13812345678')
  expect(one.length).toBe(45 + 11)
  expect(one[0]).toBe(1)
  expect(encrypt(key, keyId, '13812345678').equals(one)).toBe(false)
})

test('a change of any byte is noticed', () => {
  const cipher = encrypt(key, keyId, '王小明', 'customer')
  for (let place = 0; place < cipher.length; place++) {
    const changed = Buffer.from(cipher)
    changed[place]! ^= 0x01
    expect(() => decrypt(key, changed, 'customer'), `byte ${place}`).toThrow()
  }
})

test('another key, another place or a cut value is refused, and the message names the key id and no value', () => {
  const cipher = encrypt(key, keyId, '13812345678', 'a')
  const other = generateKeySync('aes', { length: 256 })
  expect(() => decrypt(other, cipher, 'a')).toThrow(keyId)
  expect(() => decrypt(key, cipher, 'b')).toThrow(keyId)
  for (let length = 0; length < cipher.length; length++)
    expect(() => decrypt(key, cipher.subarray(0, length), 'a')).toThrow()
})

test('a value of an unknown format and a key id that is no UUID are named', () => {
  const cipher = encrypt(key, keyId, 'x')
  cipher[0] = 9
  expect(() => keyIdOf(cipher)).toThrow('format 9')
  expect(() => encrypt(key, 'north', 'x')).toThrow('must be a UUID')
})

test('a value that is a part of a larger buffer is read from its own place', () => {
  const cipher = encrypt(key, keyId, 'x')
  const inside = Buffer.concat([Buffer.alloc(10, 1), cipher]).subarray(10)
  expect(keyIdOf(inside)).toBe(keyId)
  expect(decrypt(key, new Uint8Array(inside))).toBe('x')
  expect(keyIdOf(encrypt(key, randomUUID().toUpperCase(), 'x'))).toMatch(/^[0-9a-f-]{36}$/)
})
