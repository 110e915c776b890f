import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallFact, FactKind } from '../../../kernel/ports/index.js'
import { foldCall } from './foldCall.js'

const at = (second: number) => new Date(Date.parse('2026-11-23T02:00:00Z') + second * 1000).toISOString()

let made = 0
const fact = (kind: FactKind, second: number, more: Partial<CallFact> = {}): CallFact => ({
  key: `k${++made}`,
  callId: 'c',
  at: at(second),
  kind,
  ...more,
})

const inbound = fact('LEG_STARTED', 0, { legId: 'a', direction: 'INBOUND', from: '13812345678', line: 'trunk' })
const rings = fact('RINGING', 2, { legId: 'b', extension: '1001' })
const picksUp = fact('ANSWERED', 5, { legId: 'b', extension: '1001' })
const customerGone = fact('LEG_ENDED', 35, { legId: 'a', cause: '16' })
const agentGone = fact('LEG_ENDED', 36, { legId: 'b' })

describe('B4: what the facts of a call amount to', () => {
  it('grows as more becomes known', () => {
    expect(foldCall([inbound])).toMatchObject({
      status: 'DIALING',
      direction: 'INBOUND',
      customerNumber: '13812345678',
    })
    expect(foldCall([inbound, rings])).toMatchObject({ status: 'RINGING', agentExtension: '1001', ringingAt: at(2) })
    expect(foldCall([inbound, rings, picksUp])).toMatchObject({ status: 'ANSWERED', answeredAt: at(5), ringSeconds: 3 })
    expect(foldCall([inbound, rings, picksUp, customerGone, agentGone])).toMatchObject({
      status: 'ENDED',
      outcome: 'ANSWERED',
      hangupCause: '16',
      endedAt: at(36),
      talkSeconds: 31,
    })
  })

  it('is the same whatever the order, the repeats, and what came late', () => {
    const kinds: FactKind[] = [
      'LEG_STARTED',
      'QUEUED',
      'DIALING',
      'RINGING',
      'ANSWERED',
      'CONNECTED',
      'HELD',
      'RESUMED',
    ]
    const more: FactKind[] = ['TRANSFERRED', 'LEG_ENDED', 'ENDED', 'SUMMARY', 'RECORDING', 'CONSENT', 'FEEDBACK']
    const some = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
    const facts = fc
      .array(
        fc.record({
          kind: fc.constantFrom(...kinds, ...more),
          second: fc.nat(9),
          legId: some('a', 'b', 'c'),
          toLegId: some('a', 'c'),
          extension: some('1001', '1002'),
          direction: some('INBOUND' as const, 'OUTBOUND' as const),
          from: some('1', '2'),
          to: some('3', '4'),
          outcome: some('ANSWERED' as const, 'BUSY' as const, 'LOST' as const, 'CANCELLED' as const),
          talkSeconds: some(1, 2),
          cause: some('16', '17'),
          seconds: some(3, 5),
          coarse: fc.constantFrom(undefined, undefined, true as const),
          part: fc.constantFrom(0, 0.25, 0.5),
        }),
        { minLength: 1, maxLength: 12 },
      )
      .map(all =>
        all.map(({ kind, second, part, ...rest }, i) => ({ ...fact(kind, second + part, rest), key: `f${i}` })),
      )
    const delivered = facts.chain(all =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
    )
    fc.assert(
      fc.property(delivered, ([all, shuffled, again]) => {
        expect(foldCall([...shuffled, ...again])).toEqual(foldCall(all))
      }),
    )
  })

  it('ends with its last leg, not with its first', () => {
    const moved = fact('TRANSFERRED', 20, { legId: 'b', toLegId: 'c' })
    const colleague = fact('LEG_STARTED', 20, { legId: 'c', extension: '1002' })
    const call = foldCall([inbound, rings, picksUp, moved, colleague, agentGone])
    expect(call).toMatchObject({ status: 'ANSWERED', endedAt: undefined })
    expect(call.legs.find(({ id }) => id === 'b')).toMatchObject({ transferredTo: 'c' })
  })

  it('that was lost sight of ended when it was last heard of; what is learnt later is worth more', () => {
    const lost = fact('ENDED', 900, { outcome: 'LOST' })
    expect(foldCall([inbound, rings, lost])).toMatchObject({ status: 'ENDED', outcome: 'LOST', endedAt: at(2) })
    expect(foldCall([inbound, rings, picksUp, lost])).toMatchObject({ outcome: 'ANSWERED', endedAt: at(5) })
    expect(foldCall([inbound, rings, lost, picksUp, customerGone, agentGone])).toMatchObject({
      outcome: 'ANSWERED',
      endedAt: at(36),
    })
  })

  it('that a phone passed on was answered where one of ours took it, else forwarded', () => {
    const passedOn = fact('LEG_ENDED', 3, { legId: 'b', extension: '1001', outcome: 'FORWARDED' })
    const outside = fact('DIALING', 3, { legId: 'o', line: 'trunk', to: '13900001111' })
    const answeredOutside = [fact('ANSWERED', 6, { legId: 'o' }), fact('CONNECTED', 6)]
    const over = [customerGone, fact('LEG_ENDED', 35, { legId: 'o' })]
    const colleague = [
      fact('RINGING', 4, { legId: 'd', extension: '1002' }),
      fact('ANSWERED', 6, { legId: 'd', extension: '1002' }),
    ]
    const outcome = (...facts: CallFact[]) => foldCall([inbound, rings, passedOn, ...facts]).outcome
    expect(outcome(outside, ...answeredOutside, ...over)).toBe('FORWARDED')
    expect(outcome(...colleague, customerGone, fact('LEG_ENDED', 35, { legId: 'd' }))).toBe('ANSWERED')
    expect(outcome(customerGone)).toBe('FORWARDED')
  })

  it('begins with the leg that gave it its id, where two begin at one moment', () => {
    const called = fact('LEG_STARTED', 0, { legId: 'b', extension: '1001' })
    const first = fact('LEG_STARTED', 0, { legId: 'c', direction: 'INBOUND', from: '13812345678' })
    expect(foldCall([called, first]).legs.map(({ id }) => id)).toEqual(['c', 'b'])
  })

  it('C5: knows the last word on consent, and since when it has been said', () => {
    const said = (second: number, consent: string, consentKind?: string) =>
      fact('CONSENT', second, { consent, consentKind })
    const granted = [said(1, 'GRANTED', 'announcement'), said(5, 'GRANTED', 'announcement')]
    expect(foldCall([inbound, ...granted]).consent).toEqual({ state: 'GRANTED', kind: 'announcement', at: at(1) })
    const declined = [said(7, 'DECLINED', 'keypress'), said(9, 'DECLINED', 'keypress')]
    expect(foldCall([inbound, ...declined, ...granted]).consent).toEqual({
      state: 'DECLINED',
      kind: 'keypress',
      at: at(7),
    })
    const again = said(11, 'GRANTED', 'announcement')
    expect(foldCall([inbound, ...granted, ...declined, again]).consent).toMatchObject({ state: 'GRANTED', at: at(11) })
  })

  it('C8: of a call that the hub placed, its own word on direction and number counts, whenever it comes', () => {
    const placed = fact('DIALING', 10, { placed: true, direction: 'OUTBOUND', to: '13812345678', extension: '1001' })
    // The phone system's clock is behind, and it begins with the agent's own leg.
    const own = fact('LEG_STARTED', 8, { legId: 'a', direction: 'INTERNAL', from: '02161050088', to: '1001' })
    const far = fact('LEG_STARTED', 9, { legId: 'b', direction: 'OUTBOUND', from: '1001', to: '13800000000' })
    const facts = [own, far, fact('RINGING', 9, { legId: 'a', extension: '1001' }), placed]
    expect(foldCall(facts)).toMatchObject({
      direction: 'OUTBOUND',
      customerNumber: '13812345678',
      agentExtension: '1001',
      status: 'RINGING',
    })
    expect(foldCall([...facts].reverse())).toEqual(foldCall(facts))
  })

  it('C8: that the hub could not place has failed, unless the phone system tells of it after all', () => {
    const placed = fact('DIALING', 0, { placed: true, direction: 'OUTBOUND', to: '13812345678', extension: '1001' })
    const failed = fact('ENDED', 5, { placed: true, outcome: 'FAILED' })
    expect(foldCall([placed, failed])).toMatchObject({ status: 'ENDED', outcome: 'FAILED', endedAt: at(5) })
    const ringing = fact('RINGING', 6, { legId: 'a', extension: '1001' })
    expect(foldCall([placed, failed, ringing])).toMatchObject({ status: 'RINGING', endedAt: undefined })
  })

  it('A2: its customer is the caller of an inbound call, the callee of an outbound one, nobody in an internal one', () => {
    const numbers = { from: '13800000001', to: '13800000002' }
    const customer = (direction?: 'INBOUND' | 'OUTBOUND') =>
      foldCall([fact('LEG_STARTED', 0, { legId: 'a', direction, ...numbers })]).customerNumber
    expect([customer('INBOUND'), customer('OUTBOUND'), customer()]).toEqual(['13800000001', '13800000002', undefined])
  })

  describe('by records, which are less exact than events', () => {
    const record = (kind: FactKind, second: number, more: Partial<CallFact> = {}) =>
      fact(kind, second, { ...more, coarse: true })

    it('takes their word where nothing was heard, and the time of what was heard where something was', () => {
      const cut = [
        record('LEG_STARTED', 0, { legId: 'a', direction: 'INBOUND', from: '13812345678', line: 'trunk' }),
        record('ANSWERED', 5, { legId: 'b', extension: '1001' }),
        record('LEG_ENDED', 35, { legId: 'a', cause: '16' }),
        record('LEG_ENDED', 36, { legId: 'b' }),
        record('ENDED', 36, { legId: 'b' }),
      ]
      const heard = [{ ...inbound, at: at(0.7) }, rings, { ...picksUp, at: at(5.4) }, customerGone, agentGone]
      const whole = foldCall(heard)
      expect(foldCall([...cut, ...heard])).toEqual(whole)
      // The connection broke while it rang.
      expect(foldCall([...cut, ...heard.slice(0, 2)])).toEqual({
        ...whole,
        answeredAt: at(5),
        talkSeconds: 31,
        legs: whole.legs.map(leg => (leg.id === 'b' ? { ...leg, answeredAt: at(5) } : leg)),
      })
    })

    it('does not begin before what was heard first in the same second', () => {
      const start = { ...inbound, at: at(0.7) }
      const called = record('LEG_STARTED', 0, { legId: 'b', extension: '1001' })
      expect(foldCall([start, called])).toMatchObject({ startedAt: at(0.7), legs: [{ id: 'a' }, { id: 'b' }] })
      expect(foldCall([start, record('LEG_STARTED', -1, { legId: 'b' })]).startedAt).toBe(at(-1))
    })

    it('rang where a phone was called and picked up or was let go of, not where it refused', () => {
      const leg = { legId: 'b', extension: '1001' }
      const called = [inbound, record('LEG_STARTED', 1, leg), record('DIALING', 1, leg)]
      const offered = (...facts: CallFact[]) => foldCall([...called, ...facts]).offeredTo
      expect(offered()).toEqual([])
      expect(offered(record('ANSWERED', 4, leg))).toEqual([{ extension: '1001', at: at(1) }])
      expect(offered(record('LEG_ENDED', 9, leg))).toEqual([{ extension: '1001', at: at(1) }])
      expect(offered(record('LEG_ENDED', 9, { ...leg, outcome: 'BUSY' }))).toEqual([])
      expect(offered(record('LEG_ENDED', 9, leg), fact('RINGING', 2, leg))).toEqual([{ extension: '1001', at: at(2) }])
    })

    it('is what the record of its first leg says, where nothing else is left of it', () => {
      const summary = { legId: 'c', direction: 'INBOUND' as const, from: '13812345678', extension: '1001' }
      const answered = record('SUMMARY', 40, { ...summary, outcome: 'ANSWERED', seconds: 40, talkSeconds: 31 })
      expect(foldCall([answered])).toMatchObject({
        status: 'ENDED',
        outcome: 'ANSWERED',
        agentExtension: '1001',
        customerNumber: '13812345678',
        startedAt: at(0),
        answeredAt: at(9),
        endedAt: at(40),
        talkSeconds: 31,
      })
      // Seconds of talk may be one more than there were.
      const odd = record('SUMMARY', 40, { ...summary, outcome: 'ANSWERED', seconds: 5, talkSeconds: 6 })
      expect(foldCall([odd])).toMatchObject({ startedAt: at(35), answeredAt: at(35), talkSeconds: 5 })
      const missed = record('SUMMARY', 40, { ...summary, outcome: 'NO_ANSWER', seconds: 8 })
      expect(foldCall([missed])).toMatchObject({ outcome: 'NO_ANSWER', answeredAt: undefined, agentExtension: '1001' })
    })

    it('is not over with the record of one leg, as long as it was not lost sight of', () => {
      const summary = record('SUMMARY', 20, { legId: 'a', seconds: 20, talkSeconds: 15 })
      expect(foldCall([inbound, rings, summary])).toMatchObject({ status: 'RINGING', endedAt: undefined })
      const lost = fact('ENDED', 900, { outcome: 'LOST' })
      expect(foldCall([inbound, rings, summary, lost])).toMatchObject({ outcome: 'NO_ANSWER', endedAt: at(20) })
    })

    it('names who answered by the leg, where a log of queues does not', () => {
      const connect = record('CONNECTED', 5, { legId: 'b', queue: 'sales' })
      const queued = record('QUEUED', 1, { legId: 'a', queue: 'sales' })
      expect(foldCall([inbound, queued, rings, connect])).toMatchObject({ answeredAt: at(5), agentExtension: '1001' })
    })
  })
})
