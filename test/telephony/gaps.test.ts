import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { asterisk } from '../../connectors/asterisk/index.js'
import type { CallFact } from '../../kernel/ports/index.js'
import type { CallState } from '../../subgraphs/call/call/callState.js'
import { foldCall } from '../../subgraphs/call/call/foldCall.js'
import { capturedCalls } from '../fixtures/asterisk/expected.js'
import { recordedCalls } from '../fixtures/asterisk/recorded.js'
import { captured, payloadOf } from './captures.js'
import { cdrFile, celFile, queueLogFile, readRecords, recorded } from './records.js'

/** Records are written a few milliseconds before or after what the manager interface says of the same. */
const APART_MS = 10
const system = recorded()
const factsOf = async (backfill?: object): Promise<CallFact[]> =>
  (await readRecords(recorded(backfill))).kept.payloads.flatMap(payload => asterisk.normalise(system, payload))
const records: Record<'all' | 'named' | 'cel' | 'cdr', CallFact[]> = { all: [], named: [], cel: [], cdr: [] }
beforeAll(async () => {
  records.all = await factsOf()
  // Queues whose members have no names of their own are logged by the interfaces.
  const folder = await mkdtemp(join(tmpdir(), 'queue-log-'))
  const log = (await readFile(queueLogFile, 'utf8'))
    .replaceAll('Li Na', 'PJSIP/1001')
    .replaceAll('Zhang Wei', 'PJSIP/1002')
  await writeFile(join(folder, 'queue_log'), log)
  records.named = await factsOf({ cdr: cdrFile, cel: celFile, queueLog: join(folder, 'queue_log') })
  await rm(folder, { recursive: true })
  records.cel = await factsOf({ cel: celFile })
  records.cdr = await factsOf({ cdr: cdrFile })
})

/** What each event of the capture says of the call. */
const eventsOf = (file: string, callId: string): CallFact[][] =>
  captured(file)
    .map(event => asterisk.normalise(system, payloadOf(event)).filter(fact => fact.callId === callId))
    .filter(facts => facts.length > 0)

/** The records of the one call, as they would come: once more, and the wrong way round. */
const recordsOf = (callId: string, kind: keyof typeof records = 'all'): CallFact[] => {
  const own = records[kind].filter(fact => fact.callId === callId)
  return [...own.toReversed(), ...own]
}

/** The events that are left when one stretch of them is missing, for every stretch; with what tells of it. */
function* gapsIn(events: readonly CallFact[][]): Generator<{ heard: CallFact[]; missing: string }> {
  for (let from = 0; from <= events.length; from++)
    for (let to = from + 1; to <= events.length; to++) {
      const heard = [...events.slice(0, from), ...events.slice(to)].flat()
      yield { heard, missing: `events ${from} to ${to} of ${events.length} missing` }
    }
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
  it.each(['all', 'named', 'cel', 'cdr'] as const)('change nothing where no event is missing: %s', kind => {
    const facts = [...recordsOf(callId, kind), ...eventsOf(file, callId).flat()]
    expect(foldCall(facts)).toEqual(state)
    expect(foldCall(facts.toReversed())).toEqual(state)
  })

  it('by CEL alone make up for any stretch that is missing, but for the name of a queue', () => {
    for (const { heard, missing } of gapsIn(eventsOf(file, callId))) {
      const call = foldCall([...recordsOf(callId, 'cel'), ...heard, lost(callId)])
      const queue = heard.find(fact => fact.queue !== undefined)?.queue
      expect(comparable(call, { ...state, queue }), missing).toEqual(comparable({ ...state, queue }, state))
    }
  })

  it('by CDR alone make up for what a CDR knows', () => {
    for (const { heard, missing } of gapsIn(eventsOf(file, callId))) {
      const call = foldCall([...recordsOf(callId, 'cdr'), ...heard, lost(callId)])
      const { direction, customerNumber, agentExtension, lineId, queue } = state
      expect(call, missing).toMatchObject({ status: 'ENDED', direction, customerNumber, agentExtension, lineId, queue })
      expect(call.answeredAt !== undefined, missing).toBe(state.answeredAt !== undefined)
      // It takes a caller who gave up for one whom nobody answered, and does not know why a channel hung up.
      expect([state.outcome, state.outcome === 'ABANDONED' && 'NO_ANSWER'], missing).toContain(call.outcome)
      expect([state.hangupCause, undefined], missing).toContain(call.hangupCause)
      expect(Math.abs(call.durationSeconds! - state.durationSeconds!), missing).toBeLessThanOrEqual(1)
      // Of a call that the hub placed it counts from when the agent picked up.
      const more = direction === 'OUTBOUND' ? 3 : 1
      expect(call.talkSeconds! - state.talkSeconds!, missing).toBeLessThanOrEqual(more)
      expect(call.talkSeconds! - state.talkSeconds!, missing).toBeGreaterThanOrEqual(-1)
    }
  })
})

describe.each(capturedCalls)('B14: $callId of $file', ({ file, callId, state }) => {
  it.each(['all', 'named'] as const)(
    'is the same whatever stretch of its events is missing, once records are there: %s',
    kind => {
      const known = recordsOf(callId, kind)
      const whole = wholeOf(callId, state)
      for (const { heard, missing } of gapsIn(eventsOf(file, callId))) {
        const facts = [...known, ...heard, lost(callId)]
        const call = foldCall(facts)
        expect(comparable(call, whole), missing).toEqual(comparable(whole, whole))
        expect(foldCall(facts.toReversed()), missing).toEqual(call)
        // What the records cannot know is known as far as it was heard, and never something else.
        expect([undefined, whole.recording], missing).toContain(call.recording)
        if (heard.some(({ recording }) => recording)) expect(call.recording, missing).toBe(whole.recording)
        expect(call.consent?.state, missing).toBe(heard.find(({ consent }) => consent)?.consent)
      }
    },
  )
})

/** The call with times and seconds that are near enough replaced by those they should be. */
function comparable(
  { recording, consent, ringSeconds, talkSeconds, durationSeconds, ...rest }: CallState,
  whole: CallState,
) {
  return {
    ...timesOf(rest, whole),
    ringSeconds: secondsOf(ringSeconds, whole.ringSeconds),
    talkSeconds: secondsOf(talkSeconds, whole.talkSeconds),
    durationSeconds: secondsOf(durationSeconds, whole.durationSeconds),
  }
}

const secondsOf = (value: number | undefined, other: number | undefined): number | undefined =>
  value !== undefined && other !== undefined && Math.abs(value - other) <= 1 ? other : value

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
