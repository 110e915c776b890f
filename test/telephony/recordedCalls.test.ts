import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { recordedCalls } from '../fixtures/asterisk/recorded.js'
import { callsOf } from './captures.js'
import { readRecords } from './records.js'

let payloads: Buffer[]
beforeAll(async () => {
  payloads = (await readRecords()).kept.payloads
})

describe.each(recordedCalls)('B14: $callId ($shows) is read from the records alone', ({ callId, state }) => {
  it('as they stand', () => {
    expect(callsOf(payloads).get(callId)).toEqual(state)
  })

  it('in any order and doubled', () => {
    const places = payloads.map((_, i) => i)
    const shuffled = fc.tuple(fc.shuffledSubarray(places, { minLength: places.length }), fc.subarray(places))
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(callsOf([...all, ...again].map(i => payloads[i]!)).get(callId)).toEqual(state)
      }),
      { numRuns: 5 },
    )
  })
})
