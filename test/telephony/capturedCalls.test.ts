import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capturedCalls } from '../fixtures/asterisk/expected.js'
import { callsOf, captured, payloadOf } from './captures.js'

describe.each(capturedCalls)('B4: $file ends in the call that a person reads from it', ({ file, callId, state }) => {
  const payloads = captured(file).map(payloadOf)

  it('as received', () => {
    expect(callsOf(payloads).get(callId)).toEqual(state)
  })

  it('reversed', () => {
    expect(callsOf(payloads.toReversed()).get(callId)).toEqual(state)
  })

  it('twice over', () => {
    expect(callsOf([...payloads, ...payloads]).get(callId)).toEqual(state)
  })

  it('shuffled, with any of them repeated', () => {
    const shuffled = fc.tuple(fc.shuffledSubarray(payloads, { minLength: payloads.length }), fc.subarray(payloads))
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(callsOf([...all, ...again]).get(callId)).toEqual(state)
      }),
      { numRuns: 50 },
    )
  })
})

it('legs left over from a broken call stay a call of their own, their transfer tied to it', () => {
  const calls = callsOf(captured('ami-transfer').map(payloadOf))
  expect([...calls.keys()].sort()).toEqual(['pbx1-1795428174.72', 'pbx1-1795428340.80'])
  const legs = calls.get('pbx1-1795428174.72')!.legs
  expect(legs.find(({ id }) => id === 'pbx1-1795428174.73')?.transferredTo).toBe('pbx1-1795428345.84')
})
