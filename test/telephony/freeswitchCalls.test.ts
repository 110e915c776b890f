import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capturedCalls } from '../fixtures/freeswitch/expected.js'
import { callsOf, capturedEvents, capturedPosts, payloadOf } from './freeswitchCaptures.js'

describe.each(capturedCalls)(
  'B4: the call of $name ends in what a person reads from it',
  ({ name, callId, state, byRecords }) => {
    const events = capturedEvents(name).map(payloadOf)
    const records = capturedPosts(name).map(({ body }) => payloadOf(body))

    it('by its events as received, and no other call comes of them', () => {
      const calls = callsOf(events)
      expect(calls.get(callId)).toEqual(state)
      expect([...calls.keys()]).toEqual([callId])
    })

    it('by the records of its legs alone, as received and reversed', () => {
      const expected = { ...state, ...byRecords }
      expect(callsOf(records).get(callId)).toEqual(expected)
      expect(callsOf(records.toReversed()).get(callId)).toEqual(expected)
    })

    it('by events and records in any order, with any of them repeated', () => {
      const all = [...events, ...records]
      const shuffled = fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all))
      fc.assert(
        fc.property(shuffled, ([once, again]) => {
          expect(callsOf([...once, ...again]).get(callId)).toEqual(state)
        }),
        { numRuns: 30 },
      )
    })

    it('by what is heard after a connection was lost for any while, once the records are there', () => {
      fc.assert(
        fc.property(fc.nat(events.length), fc.nat(events.length), (a, b) => {
          const heard = events.filter((_, i) => i < Math.min(a, b) || i >= Math.max(a, b))
          const call = callsOf([...heard, ...records]).get(callId)!
          // Of when consent was given, and of the queue's own word, only events tell.
          const { consent, answeredAt, ...rest } = state
          expect(call).toMatchObject(rest)
          expect([answeredAt, byRecords.answeredAt ?? answeredAt]).toContain(call.answeredAt)
          expect(call.consent?.state).toBe(consent?.state)
        }),
        { numRuns: 30 },
      )
    })
  },
)

it('calls of one FreeSWITCH do not mix, however their events do', () => {
  const all = capturedCalls.flatMap(({ name }) => capturedEvents(name).map(payloadOf))
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), events => {
      const calls = callsOf(events)
      for (const { callId, state } of capturedCalls) expect(calls.get(callId)).toEqual(state)
      expect(calls.size).toBe(capturedCalls.length)
    }),
    { numRuns: 10 },
  )
})

it('the record of a called leg, which comes first, already shows the call from the right side, and as going on', () => {
  const [agent] = capturedPosts('in-answered')
  const { body } = agent!
  expect(callsOf([payloadOf(body)]).get(capturedCalls[0]!.callId)).toMatchObject({
    direction: 'INBOUND',
    customerNumber: '13812345678',
    status: 'ANSWERED',
  })
  const [busyAgent] = capturedPosts('queue')
  expect(callsOf([payloadOf(busyAgent!.body)]).get(capturedCalls[3]!.callId)).toMatchObject({
    direction: 'INBOUND',
    customerNumber: '13900001111',
    status: 'QUEUED',
  })
})
