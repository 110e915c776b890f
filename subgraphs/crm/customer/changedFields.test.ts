import { describe, expect, it } from 'vitest'
import { changedFields } from './changedFields.js'

describe('B7: an update of a customer', () => {
  it('changes nothing that is left out, and clears what is null', () => {
    expect(changedFields({})).toEqual([])
    expect(changedFields({ company: null })).toEqual(['company'])
  })

  it('tells setting do-not-call from clearing it', () => {
    expect(changedFields({ doNotCall: true })).toEqual(['doNotCall'])
    expect(changedFields({ doNotCall: false, reason: '客户来电要求' })).toEqual(['mayBeCalled'])
  })

  it('adds a number only where there is one', () => {
    expect(changedFields({ addPhone: '13800138000' })).toEqual(['phone'])
    expect(changedFields({ addPhone: null })).toEqual([])
  })
})
