import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskPhone } from './maskPhone.js'

test('C3: numbers of each kind', () => {
  const masks = {
    '13812345678': '138****5678',
    '01088886666': '010****6666',
    '075588886666': '075****6666',
    '03358888666': '033****8666',
    '4001234567': '40****4567',
    '95588': '****8',
    '88886666': '****6666',
    '+12025550123': '+1****0123',
    '+6591234567': '+65****4567',
    '+85223456789': '+852****6789',
    '+2904567': '+290****',
    '1001': '****',
    '110': '****',
    '': '****',
    anonymous: '****',
  }
  for (const [phone, mask] of Object.entries(masks)) expect(maskPhone(phone)).toBe(mask)
})

test('a number that was not normalised is masked by its digits', () => {
  expect(maskPhone('+86 138-1234-5678')).toBe('+86****5678')
  expect(maskPhone('１３８　１２３４　５６７８')).toBe('138****5678')
  expect(maskPhone('010-88886666转8001')).toBe('010****8001')
  expect(maskPhone('1234****5678')).toBe('****5678')
})

test('whatever the text: at most seven digits are shown, at least four are hidden, and masking again changes nothing', () => {
  const digit = fc.constantFrom(...'0123456789０９一九')
  const phone = fc.oneof(
    fc.string({ unit: digit }),
    fc.string({ unit: digit }).map(text => `+${text}`),
    fc.string({ unit: fc.constantFrom(...'0123456789*+- x') }),
    fc.string(),
  )
  fc.assert(
    fc.property(phone, text => {
      const masked = maskPhone(text)
      const shown = masked.replace(/\D/g, '').length
      expect(masked).toMatch(/^\+?\d{0,3}\*{4}\d{0,4}$/)
      expect(shown).toBeLessThanOrEqual(7)
      if (!text.includes('*')) expect(shown).toBeLessThanOrEqual(Math.max(0, text.length - 4))
      expect(maskPhone(masked)).toBe(masked)
    }),
    { numRuns: 1000 },
  )
})
