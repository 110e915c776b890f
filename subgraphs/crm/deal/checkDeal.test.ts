import { describe, expect, it } from 'vitest'
import { checkDeal } from './checkDeal.js'

describe('A6: values of a deal', () => {
  it.each([
    ['input.orderNo', { orderNo: 'A'.repeat(101) }],
    ['input.orderNo', { orderNo: '' }],
    ['input.title', { title: 'x'.repeat(201) }],
    ['input.amount', { amount: '12345678901234567' }],
    ['input.cost', { cost: '0.00001' }],
    ['input.currency', { currency: 'yuan' }],
  ])('%s is refused by name', (field, input) => {
    expect(() => checkDeal(input)).toThrow(expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } }))
  })

  it('that fit are let through', () => {
    expect(() => checkDeal({ orderNo: 'A-1', amount: '1288.00', cost: '-3.5', currency: 'CNY' })).not.toThrow()
    expect(() => checkDeal({ orderNo: null, title: null, amount: null })).not.toThrow()
  })
})
