import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerInTurn } from './answerInTurn.js'

describe('C4: several questions at once', () => {
  it('are answered in turn until too many were in vain; from then on not even those that would be found', () => {
    expect(answerInTurn([['a'], [], ['b'], [], ['c']], 2)).toEqual({ answers: [['a'], [], ['b'], [], null], misses: 2 })
    expect(answerInTurn([['a'], []], 5)).toEqual({ answers: [['a'], []], misses: 1 })
  })

  it('never have more empty answers than are left', () => {
    const found = fc.array(fc.array(fc.integer(), { maxLength: 1 }))
    fc.assert(
      fc.property(found, fc.nat({ max: 5 }), (rows, left) => {
        const { answers, misses } = answerInTurn(rows, left)
        expect(answers.filter(answer => answer?.length === 0)).toHaveLength(misses)
        expect(misses).toBeLessThanOrEqual(left)
        const stopped = answers.indexOf(null)
        if (stopped >= 0) expect(answers.slice(stopped).every(answer => answer === null)).toBe(true)
      }),
    )
  })
})
