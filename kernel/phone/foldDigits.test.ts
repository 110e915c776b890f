import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldDigits } from './foldDigits.js'

test('digits of every script become ASCII, place by place', () => {
  expect(foldDigits('１３８ 一三八〇 壹叁捌零 幺三拐 ①③⑧ ¹³⁸ ١٣٨ १३८ ๑๓๘ 𝟏')).toBe(
    '138 1380 1380 137 138 138 138 138 138 𝟏',
  )
})

test('full-width signs, dashes and spaces become ASCII, other text stays', () => {
  expect(foldDigits('＋８６（０１０）—＠．　王')).toBe('+86(010)-@. 王')
})

test('the length never changes, and folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const folded = foldDigits(text)
      expect(folded.length).toBe(text.length)
      expect(foldDigits(folded)).toBe(folded)
    }),
  )
})
