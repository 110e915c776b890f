import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import { capturedCalls } from '../fixtures/freeswitch/expected.js'
import {
  callsOf,
  callsOfFacts,
  capturedEvents,
  capturedPosts,
  fs1,
  payloadOf,
  RecordFolder,
} from './freeswitchCaptures.js'

const folder = new RecordFolder()
afterAll(() => folder.remove())

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

    it('B14: with any stretch of its events missing, once the folder of records was read, in any order and doubled', async () => {
      folder.leave(name)
      const factsOf = (payload: Buffer) => freeswitch.normalise(fs1(), payload)
      const read = (await folder.read()).flatMap(factsOf)
      expect(read.length).toBeGreaterThan(0)
      const told = events.map(factsOf)
      const gaps = events.flatMap((_, from) =>
        events.slice(from).map((_, length) => [from, from + length + 1] as const),
      )
      for (const [i, [from, to]] of gaps.entries()) {
        const heard = told.filter((_, at) => at < from || at >= to).flat()
        const given = i % 2 ? [...read, ...heard, ...read] : [...heard, ...read, ...heard].reverse()
        const calls = callsOfFacts(given)
        expect([...calls.keys()]).toEqual([callId])
        const call = calls.get(callId)!
        // Since when consent was given, and of the queue's own word, only events tell.
        expect(call).toEqual({ ...state, consent: call.consent, answeredAt: call.answeredAt })
        expect([state.answeredAt, byRecords.answeredAt]).toContain(call.answeredAt)
        expect(call.consent?.state).toBe(state.consent?.state)
        expect(call.consent?.kind).toBe(state.consent?.kind)
      }
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

describe('C8: a dial plan that shows agents the caller masked', () => {
  const SHOWN = '139****1111'
  /** As FreeSWITCH tells it of legs that it calls with another caller id (`effective_caller_id_number`). */
  const masked = <T extends object>(message: T): T =>
    JSON.parse(
      JSON.stringify(message)
        .replaceAll(
          /("(?:Caller-(?:Orig-)?Caller-ID-Number|Caller-ANI|variable_origination_caller_id_number)":)"\d+"/g,
          `$1"${SHOWN}"`,
        )
        .replaceAll(/("(?:origination_caller_id_number|sip_from_user)":)"\d+"/g, `$1"${SHOWN}"`),
    ) as T

  it.each(capturedCalls.filter(({ name }) => name.startsWith('in-') || name === 'queue'))(
    'leaves the number of $name with the hub',
    ({ name, callId, state, byRecords }) => {
      const events = capturedEvents(name).map(event => payloadOf(event['Unique-ID'] === callId ? event : masked(event)))
      const posts = capturedPosts(name).map(({ body }) => body as { variables: { uuid: string } })
      const records = posts.map(body => payloadOf(body.variables.uuid === callId ? body : masked(body)))
      expect(callsOf(events).get(callId)).toEqual(state)
      expect(callsOf(records).get(callId)).toEqual({ ...state, ...byRecords })
    },
  )

  it('is not taken for a number where the record of the agent comes first', () => {
    const [first] = capturedPosts('queue')
    const call = callsOf([payloadOf(masked(first!.body))]).get(capturedCalls[3]!.callId)!
    expect(call).toMatchObject({ direction: 'INBOUND', customerNumber: undefined })
  })
})
