import { describe, expect, it } from 'vitest'
import { changedFields } from './changedFields.js'

describe('C6: a deal that is saved', () => {
  it('changes what is given, and what is cleared', () => {
    expect(changedFields({})).toEqual([])
    expect(changedFields({ title: '年度服务', cost: null })).toEqual(['title', 'cost'])
  })

  it('changes its amount by its currency', () => {
    expect(changedFields({ currency: 'USD' })).toEqual(['amount'])
    expect(changedFields({ amount: '1.00', currency: 'USD' })).toEqual(['amount'])
  })
})
