import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Agenda } from './agenda.js'
import type { LiveCall } from './liveCall.js'

const callWith = (...times: number[]) =>
  ({ steps: times.sort((a, b) => a - b).map(at => ({ at, emit: { type: 'call.held' } })) }) as unknown as LiveCall

test('steps of many calls come in the order of time, and of placing where they share a moment, whatever moves meanwhile', () => {
  const calls = fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(calls, fc.array(fc.tuple(fc.nat(7), fc.nat(9)), { maxLength: 6 }), (times, moves) => {
      const all = times.map(one => callWith(...one))
      const agenda = new Agenda()
      for (const call of all) agenda.note(call)
      for (const [which, at] of moves) {
        const call = all[which % all.length]!
        call.steps = callWith(at).steps
        agenda.note(call)
      }
      const expected = all
        .flatMap((call, place) => call.steps.map(({ at }) => ({ at, place })))
        .sort((a, b) => a.at - b.at || a.place - b.place)
      const taken: { at: number; place: number }[] = []
      for (let call = agenda.due(20); call; call = agenda.due(20)) {
        taken.push({ at: call.steps.shift()!.at, place: all.indexOf(call) })
        agenda.note(call)
      }
      expect(taken).toEqual(expected)
    }),
  )
})

test('what is not due yet stays', () => {
  const agenda = new Agenda()
  const call = callWith(5)
  agenda.note(call)
  expect(agenda.due(4)).toBeUndefined()
  expect(agenda.due(5)).toBe(call)
  expect(agenda.due(5)).toBeUndefined()
})
