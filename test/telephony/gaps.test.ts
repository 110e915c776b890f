import { beforeAll, describe, expect, it } from 'vitest'
import { asterisk } from '../../connectors/asterisk/index.js'
import type { CallFact } from '../../kernel/ports/index.js'
import type { CallState } from '../../subgraphs/call/call/callState.js'
import { foldCall } from '../../subgraphs/call/call/foldCall.js'
import { capturedCalls } from '../fixtures/asterisk/expected.js'
import { recordedCalls } from '../fixtures/asterisk/recorded.js'
import { captured, payloadOf } from './captures.js'
import { readRecords, recorded } from './records.js'

/** Records are written a few milliseconds before or after what the manager interface says of the same. */
const APART_MS = 10
const system = recorded()
let records: CallFact[]
beforeAll(async () => {
  records = (await readRecords(system)).kept.payloads.flatMap(payload => asterisk.normalise(system, payload))
})

/** What each event of the capture says of the call. */
const eventsOf = (file: string, callId: string): CallFact[][] =>
  captured(file)
    .map(event => asterisk.normalise(system, payloadOf(event)).filter(fact => fact.callId === callId))
    .filter(facts => facts.length > 0)

/** The records of the one call, as they would come: once more, and the wrong way round. */
const recordsOf = (callId: string): CallFact[] => {
  const own = records.filter(fact => fact.callId === callId)
  return [...own.toReversed(), ...own]
}

const lost = (callId: string): CallFact => ({
  key: 'lost',
  callId,
  at: '2026-11-23T10:20:00.000Z',
  kind: 'ENDED',
  outcome: 'LOST',
})

/** The call of the capture that its records tell the rest of began before the capture did. */
const wholeOf = (callId: string, state: CallState): CallState =>
  callId === 'pbx1-1795428174.72' ? recordedCalls.find(one => one.callId === callId)!.state : state

const complete = capturedCalls.filter(({ state }) => state.status === 'ENDED')

describe.each(complete)('B14: records beside the events of $callId of $file', ({ file, callId, state }) => {
  it('change nothing where no event is missing', () => {
    const facts = [...recordsOf(callId), ...eventsOf(file, callId).flat()]
    expect(foldCall(facts)).toEqual(state)
    expect(foldCall(facts.toReversed())).toEqual(state)
  })
})

describe.each(capturedCalls)('B14: $callId of $file', ({ file, callId, state }) => {
  it('is the same whatever stretch of its events is missing, once the records are there', () => {
    const events = eventsOf(file, callId)
    const known = recordsOf(callId)
    const whole = wholeOf(callId, state)
    for (let from = 0; from <= events.length; from++)
      for (let to = from + 1; to <= events.length; to++) {
        const heard = [...events.slice(0, from), ...events.slice(to)].flat()
        const facts = [...known, ...heard, lost(callId)]
        const call = foldCall(facts)
        const missing = `events ${from} to ${to} of ${events.length} missing`
        expect(comparable(call, whole), missing).toEqual(comparable(whole, whole))
        expect(foldCall(facts.toReversed()), missing).toEqual(call)
        // What the records cannot know is known as far as it was heard, and never something else.
        expect([undefined, whole.recording], missing).toContain(call.recording)
        if (heard.some(({ recording }) => recording)) expect(call.recording, missing).toBe(whole.recording)
        expect(call.consent?.state, missing).toBe(heard.find(({ consent }) => consent)?.consent)
      }
  })
})

/** The call with times that are near enough replaced by those they should be. */
function comparable(call: CallState, whole: CallState) {
  const { recording, consent, ringSeconds, talkSeconds, durationSeconds, ...rest } = call
  const seconds = { ringSeconds, talkSeconds, durationSeconds }
  const near = { ...whole, ...Object.fromEntries(Object.entries(seconds).filter(([, value]) => value === undefined)) }
  for (const [name, value] of Object.entries(seconds))
    if (Math.abs((value ?? 0) - (whole[name as keyof typeof seconds] ?? 0)) > 1) Object.assign(near, { [name]: value })
  return {
    ...timesOf(rest, whole),
    ringSeconds: near.ringSeconds,
    talkSeconds: near.talkSeconds,
    durationSeconds: near.durationSeconds,
  }
}

/** The same, with each text that is a time set to the time in the same place of the other where they are near. */
function timesOf<T>(value: T, other: unknown): T {
  if (typeof value === 'string' && typeof other === 'string') {
    const apart = Math.abs(Date.parse(value) - Date.parse(other))
    return /^\d{4}-.*Z$/.test(value) && apart <= APART_MS ? (other as T) : value
  }
  if (typeof value !== 'object' || value === null) return value
  const pair = other as Record<string, unknown> | undefined
  const entries = Object.entries(value).map(([key, one]) => [key, timesOf(one, pair?.[key])])
  return (Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries)) as T
}
