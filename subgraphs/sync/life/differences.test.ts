import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallState } from '../../call/index.js'
import { differences } from './differences.js'

const bare: CallState = {
  direction: 'INBOUND',
  status: 'DIALING',
  startedAt: '2026-11-23T02:00:00.000Z',
  offeredTo: [],
  legs: [],
  feedback: [],
}
const state = fc.record({
  status: fc.constantFrom('DIALING' as const, 'ENDED' as const),
  talkSeconds: fc.option(fc.nat(3), { nil: undefined }),
  legs: fc.array(fc.record({ id: fc.constantFrom('a', 'b') }), { maxLength: 2 }),
})

describe('differences of two states of a call', () => {
  it('are none between equal ones, and the same turned round between two turned round', () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        const [before, after] = [
          { ...bare, ...a },
          { ...bare, ...b },
        ]
        expect(differences(before, structuredClone(before))).toEqual([])
        const turned = differences(after, before).map(({ what, from, to }) => ({ what, from: to, to: from }))
        expect(differences(before, after)).toEqual(turned)
      }),
    )
  })

  it('of a call that nobody knew are all that is known of it', () => {
    expect(differences(null, bare).map(({ what }) => what)).toEqual(['direction', 'status', 'startedAt'])
  })
})
