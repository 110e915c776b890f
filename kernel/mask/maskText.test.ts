import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskText } from './maskText.js'

test('addresses keep their beginning, numbers their end', () => {
  const masks = {
    广东省深圳市南山区科技园1号: '广东省****',
    '1号楼302室': '****',
    北京海淀区: '北****',
    家: '****',
    '110101199003078515': '****8515',
    '11010119900307851x': '****851X',
    '6222 0212 3456 7890': '****7890',
    '６２２２０２１２３４５６７８９０': '****7890',
    '12345': '****5',
    '': '****',
  }
  for (const [text, mask] of Object.entries(masks)) expect(maskText(text)).toBe(mask)
})

test('whatever the text: at least four characters are hidden, and masking again changes nothing', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'0123456789Xx -*省市') }),
    fc.stringMatching(/^\d{0,20}$/),
  )
  fc.assert(
    fc.property(text, plain => {
      const masked = maskText(plain)
      expect(maskText(masked)).toBe(masked)
      expect(masked).toContain('****')
      if (masked !== plain) expect(masked.replace('****', '').length).toBeLessThanOrEqual(Math.max(0, plain.length - 4))
    }),
    { numRuns: 1000 },
  )
})
