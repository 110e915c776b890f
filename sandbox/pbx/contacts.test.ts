import { expect, test } from 'vitest'
import { sandboxCustomers } from '../book/customers.js'
import { pbxContacts } from './contacts.js'

const customers = sandboxCustomers(1, new Date('2026-11-23T02:00:00Z'))
const contacts = pbxContacts(1, customers)

test('contacts are some of the customers, as people type them', () => {
  expect(pbxContacts(1, customers)).toEqual(contacts)
  expect(contacts.length).toBeGreaterThan(60)
  expect(contacts.some(({ name }) => /[总姐]$|经理$|老师$/.test(name))).toBe(true)
  expect(contacts.some(({ name }) => name.includes('('))).toBe(true)
  expect(contacts.some(({ phone }) => /^[０-９]{11}$/.test(phone))).toBe(true)
  expect(contacts.some(({ phone }) => /^\d{3}-\d{4}-\d{4}$/.test(phone))).toBe(true)
})

test('every number is still the number of a customer', () => {
  const known = new Set(customers.map(({ phone }) => phone))
  for (const { phone } of contacts) {
    const digits = phone
      .normalize('NFKC')
      .replace(/^\+86 |[- ]/g, '')
      .replace(/^0(?=1\d{10}$)/, '')
    expect(known.has(digits) || known.has(digits.replaceAll(' ', ''))).toBe(true)
  }
})
