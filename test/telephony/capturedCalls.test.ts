import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capturedCalls } from '../fixtures/asterisk/expected.js'
import { callsOf, captured, payloadOf } from './captures.js'

describe.each(capturedCalls)(
  'B4: $callId of $file ends in the call that a person reads from it',
  ({ file, callId, state }) => {
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
  },
)

it('legs left over from an earlier call are no part of another', () => {
  const calls = callsOf(captured('ami-transfer').map(payloadOf))
  expect([...calls.keys()].sort()).toEqual(['pbx1-1795428174.72', 'pbx1-1795428340.80'])
})
