import { expect, test } from 'vitest'
import { readEmail } from './email.js'

test.each([
  ['a@example.com', 'a@example.com'],
  [' mailto:a@example.com ', 'a@example.com'],
  ['某人 <a@example.com>', 'a@example.com'],
  ['ａ＠example．com', 'a@example.com'],
  ['a @ example . com', 'a@example.com'],
  ['a@example.com;', 'a@example.com'],
  ['a@example。com', 'a@example.com'],
])('%s is an address', (text, address) => {
  expect(readEmail(text)).toBe(address)
})

test.each(['', '无', 'a@b', 'a.example.com', 'a@@example.com', 'a b@example.com', `${'a'.repeat(65)}@example.com`])(
  '%s is none',
  text => {
    expect(readEmail(text)).toBeUndefined()
  },
)
