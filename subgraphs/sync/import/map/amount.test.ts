import { expect, test } from 'vitest'
import { readAmount } from './amount.js'

test.each([
  ['1288.00', '1288.00'],
  ['1,288.5', '1288.5'],
  ['¥1288', '1288'],
  ['￥ 1,000,000.00元', '1000000.00'],
  ['1.5万', '15000'],
  ['1.23456万', undefined],
  ['1.2345万元', '12345'],
  ['0.5亿', '50000000'],
  ['-10', '-10'],
  ['007', '7'],
  ['12.34567', undefined],
  ['１２８８', '1288'],
  ['1.288,00', undefined],
  ['12345678901234567', undefined],
  ['免费', undefined],
  ['', undefined],
])('%s is %s', (text, amount) => {
  expect(readAmount(text)).toBe(amount)
})
