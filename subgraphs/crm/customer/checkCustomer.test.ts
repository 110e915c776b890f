import { describe, expect, it } from 'vitest'
import { checkCustomer } from './checkCustomer.js'

describe('A6: values of a customer', () => {
  it.each([
    ['input.name', { name: '(老客户)' }],
    ['input.name', { name: '张'.repeat(201) }],
    ['input.email', { email: 'zhang.example.com' }],
    ['input.email', { email: 'a@b' }],
    ['input.tags', { tags: [''] }],
    ['input.tags', { tags: Array.from({ length: 51 }, (_, i) => `标签${i}`) }],
    ['input.phone', { phone: '1'.repeat(101) }],
    ['input.extra', { extra: ['a'] }],
    ['input.extra', { extra: 'text' }],
    ['input.extra', { extra: { a: 'x'.repeat(20_000) } }],
    ['input.internalNote', { internalNote: 'x'.repeat(5001) }],
  ])('%s is refused by name', (field, input) => {
    expect(() => checkCustomer(input)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } }),
    )
  })

  it('that fit are let through', () => {
    expect(() =>
      checkCustomer({ name: '张三', email: 'zhang.san@example.com', tags: ['VIP'], company: null }),
    ).not.toThrow()
  })
})
