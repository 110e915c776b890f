import { expect, test } from 'vitest'
import { maskedWriting } from './maskedWriting.js'

test.each([
  ['138****1234', '138****1234'],
  ['+86 138****1234', '138****1234'],
  ['0086-138****1234', '138****1234'],
  ['138********1234', '138****1234'],
  ['１３８＊＊＊＊１２３４', '138****1234'],
  ['138xxxx1234', '138****1234'],
  ['010****66', '010****66'],
])('%s was masked by somebody else', (raw, masked) => {
  expect(maskedWriting(raw)).toBe(masked)
})

test.each(['13812345678', '****', '1381234****', 'a****b', '138**1234', '', '138****12345'])('%s was not', raw => {
  expect(maskedWriting(raw)).toBeUndefined()
})
