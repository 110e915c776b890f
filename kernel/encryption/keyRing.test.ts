import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyRing } from './keyRing.js'

const base64 = () => randomBytes(32).toString('base64')
const [old, current, index] = [base64(), base64(), base64()]

const messageOf = (setting: string): string => {
  try {
    KeyRing.parse(setting)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('was accepted')
}

test('the first key is active and the others still open', () => {
  const ring = KeyRing.parse(`2026-11:${current}, 2026-10:${old}, index:${index}`)
  expect(ring.active.id).toBe('2026-11')
  expect(ring.wrappingKey('2026-10').export().toString('base64')).toBe(old)
  expect(() => ring.wrappingKey('2025')).toThrow('no wrapping key "2025"')
})

test('the index key may stand anywhere and is no wrapping key', () => {
  const ring = KeyRing.parse(`index:${index},a:${current}`)
  expect(ring.active.id).toBe('a')
  expect(() => ring.wrappingKey('index')).toThrow()
})

test('sub-keys differ by purpose, stay the same over processes and rotation, and are made once', () => {
  const ring = KeyRing.parse(`a:${current},index:${index}`)
  const rotated = KeyRing.parse(`b:${old},a:${current},index:${index}`)
  expect(ring.subKey('cursor').equals(rotated.subKey('cursor'))).toBe(true)
  expect(ring.subKey('cursor').equals(ring.subKey('inbox'))).toBe(false)
  expect(ring.subKey('inbox')).toBe(ring.subKey('inbox'))
})

test('everything wrong with the setting is named at once', () => {
  const message = messageOf(`a:${current.slice(4)},b,,c:${old},c:${old}`)
  expect(message).toContain('key "a" is not 32 bytes in base64')
  expect(message).toContain('entry 2 must be id:base64')
  expect(message).toContain('entry 3 is empty')
  expect(message).toContain('key "c" is there twice')
  expect(message).toContain('no index key')
  expect(messageOf(`index:${index}`)).toContain('no wrapping key')
  expect(messageOf(`a:${index},index:${index}`)).toContain('the same key as "a"')
})

test('no message ever shows a key, even one put in the place of an id', () => {
  const secrets = fc.uint8Array({ minLength: 16, maxLength: 48 }).map(bytes => Buffer.from(bytes).toString('base64'))
  const settings = fc.tuple(secrets, fc.constantFrom('S', 'S:', ':S', 'S:a', 'a:S', 'a:S,a:S', 'a:!S', 'S:S', 'a:S:b'))
  fc.assert(
    fc.property(settings, ([secret, form]) => {
      expect(messageOf(form.replaceAll('S', secret))).not.toContain(secret)
    }),
  )
})
