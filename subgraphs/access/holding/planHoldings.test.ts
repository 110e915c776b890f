import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planHoldings } from './planHoldings.js'

const li = { name: '1001', holderId: 'li' }

describe('a plan of holdings', () => {
  it('changes hands by ending one and beginning another', () => {
    expect(planHoldings([li], new Map([['1001', 'wu']]))).toEqual({
      end: [li],
      begin: [{ name: '1001', holderId: 'wu' }],
    })
  })

  it('ends without a beginning where nobody shall hold it', () => {
    expect(planHoldings([li], new Map([['1001', null]]))).toEqual({ end: [li], begin: [] })
  })

  it('leaves alone what is right and what was not asked about', () => {
    expect(planHoldings([li, { name: '1002', holderId: 'wu' }], new Map([['1001', 'li']]))).toEqual({
      end: [],
      begin: [],
    })
  })

  it('carried out, leaves each name with its holder and asks for nothing more', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd')
    const holder = fc.constantFrom('li', 'wu')
    const held = fc.uniqueArray(fc.record({ name, holderId: holder }), { selector: one => one.name })
    fc.assert(
      fc.property(held, fc.array(fc.tuple(name, fc.option(holder))), (open, asked) => {
        const wanted = new Map(asked)
        const { end, begin } = planHoldings(open, wanted)
        const after = [...open.filter(one => !end.includes(one)), ...begin]
        expect(new Set(after.map(one => one.name)).size).toBe(after.length)
        for (const [key, holderId] of wanted)
          expect(after.find(one => one.name === key)?.holderId ?? null).toBe(holderId)
        expect(planHoldings(after, wanted)).toEqual({ end: [], begin: [] })
      }),
    )
  })
})
