import { describe, expect, it } from 'vitest'
import { automaticRules } from './automaticRules.js'

const offer = { callId: 'c', callIds: ['c', 'c1'], followUpIds: ['f1'], endedAt: null }
const opens = (customerIds: string[], followUpIds = offer.followUpIds) =>
  automaticRules({ ...offer, customerIds, followUpIds })

describe('C6: the rules of an automatic grant', () => {
  it('name every row one by one', () => {
    expect(opens(['1']).map(({ subject, conditions }) => [subject, conditions])).toEqual([
      ['Call', { id: { $in: ['c', 'c1'] } }],
      ['Call', { id: { $in: ['c'] } }],
      ['Customer', { id: { $in: ['1'] } }],
      ['FollowUp', { id: { $in: ['f1'] } }],
    ])
  })

  it('never reveal, and never speak of deals', () => {
    for (const rules of [opens([]), opens(['1']), opens(['1', '2'])]) {
      expect(rules.filter(({ action }) => action === 'reveal' || action === 'listen')).toEqual([])
      expect(rules.every(({ subject, fields }) => subject !== 'Deal' && !fields?.includes('deals'))).toBe(true)
    }
  })

  it('open of several candidates the masked name and nothing that a value could be read from', () => {
    const ofCustomers = opens(['1', '2']).filter(({ subject }) => subject !== 'Call')
    expect(ofCustomers.map(({ action, fields }) => [action, fields])).toEqual([
      ['read', ['id', 'version']],
      ['readMasked', ['name']],
    ])
  })

  it('of a stranger open the call alone', () => {
    expect(opens([], []).map(({ action, subject }) => `${action} ${subject}`)).toEqual(['read Call', 'dial Call'])
  })

  it('have no rule without a row, which would open all of them', () => {
    for (const { conditions } of [...opens(['1'], []), ...opens([], [])]) expect(conditions).not.toEqual({})
    expect(automaticRules({ ...offer, callIds: [], customerIds: [], followUpIds: [] })).toEqual([])
  })
})
