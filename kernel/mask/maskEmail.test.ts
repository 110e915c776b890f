import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskEmail } from './maskEmail.js'

test('the first letter and the domain stay', () => {
  expect(maskEmail('zhang.san@example.com')).toBe('z***@example.com')
  expect(maskEmail('王小明@例子.公司')).toBe('王***@例子.公司')
  expect(maskEmail(' zhang@Example.com ')).toBe('z***@Example.com')
})

test('a short local part is hidden wholly', () => {
  expect(maskEmail('ab@example.com')).toBe('***@example.com')
  expect(maskEmail('abc@example.com')).toBe('a***@example.com')
})

test('a domain that is somebody’s number, and what is no address, is hidden', () => {
  expect(maskEmail('zhang@13812345678.com')).toBe('z***@***')
  expect(maskEmail('zhang@138.1234.5678.com')).toBe('z***@***')
  expect(maskEmail('13812345678')).toBe('***')
  expect(maskEmail('zhang@my home')).toBe('z***@***')
})

test('masking again changes nothing, and of the local part one character is shown at most', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: fc.constantFrom(...'a1*@.王 ') })),
      email => {
        const masked = maskEmail(email)
        expect(maskEmail(masked)).toBe(masked)
        expect(masked).toMatch(/^.?\*\*\*(@.*)?$/u)
      },
    ),
    { numRuns: 1000 },
  )
})
