import { describe, expect, it } from 'vitest'
import { type Holder, type Known, matchCustomer, settleMatch } from './matchCustomer.js'

const known = (holders: Record<string, Holder[]> = {}, ids: Record<string, string> = {}): Known => ({
  byExternalId: new Map(Object.entries(ids)),
  holders: new Map(Object.entries(holders)),
})
const wang: Holder = { id: 'wang', isNamed: false }
const li: Holder = { id: 'li', isNamed: true }
const create = (shared: boolean) => ({ kind: 'CREATE', shared })

describe('whose a record is', () => {
  it('is decided by an id that is known, whatever its numbers', () => {
    expect(matchCustomer({ externalId: '7', mobiles: ['a'] }, known({ a: [wang] }, { 7: 'li' }))).toEqual({
      kind: 'KNOWN',
      id: 'li',
    })
  })

  it('is told by a mobile that exactly one customer has who is not named in that system', () => {
    const one = { externalId: '7', mobiles: ['a', 'b'] }
    expect(matchCustomer(one, known({ a: [wang], b: [wang] }))).toEqual({ kind: 'LINK', id: 'wang' })
    expect(matchCustomer(one, known({ a: [li] }))).toEqual(create(true))
    expect(matchCustomer(one, known({ a: [wang], b: [{ ...wang, id: 'zhao' }] }))).toEqual(create(true))
    expect(matchCustomer(one, known())).toEqual(create(false))
  })

  it('is told by the mobile alone where the list has no ids', () => {
    const one = { externalId: null, mobiles: ['a'] }
    expect(matchCustomer(one, known({ a: [li] }))).toEqual({ kind: 'KNOWN', id: 'li' })
    expect(matchCustomer(one, known())).toEqual(create(false))
    expect(matchCustomer(one, known({ a: [li, wang] }))).toMatchObject({ problem: { reason: 'SEVERAL_CUSTOMERS' } })
    expect(matchCustomer({ externalId: null, mobiles: [] }, known())).toMatchObject({ problem: { reason: 'MISSING' } })
  })

  it('counts what became of records before it', () => {
    const state = known({ a: [{ ...wang }] })
    settleMatch(state, { externalId: '7', mobiles: ['a', 'b'] }, 'wang')
    expect(matchCustomer({ externalId: '7', mobiles: [] }, state)).toEqual({ kind: 'KNOWN', id: 'wang' })
    expect(matchCustomer({ externalId: '8', mobiles: ['a'] }, state)).toEqual(create(true))
    expect(matchCustomer({ externalId: null, mobiles: ['b'] }, state)).toEqual({ kind: 'KNOWN', id: 'wang' })
    settleMatch(state, { externalId: '9', mobiles: ['c'] }, 'new')
    expect(matchCustomer({ externalId: '10', mobiles: ['c'] }, state)).toEqual(create(true))
  })
})
