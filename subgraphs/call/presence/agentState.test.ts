import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallStatus } from '../call/enums.js'
import { agentState, type PresenceWord } from './agentState.js'

const now = new Date('2026-11-23T02:10:00Z')
const minute = (n: number) => new Date(Date.parse('2026-11-23T02:00:00Z') + n * 60_000)
const word = (more: Partial<PresenceWord>): PresenceWord => ({
  systemId: 'pbx',
  extension: '1001',
  aspect: 'WORK',
  queue: '',
  at: minute(0),
  state: 'AVAILABLE',
  until: null,
  ...more,
})
const device = (state: PresenceWord['state'], more: Partial<PresenceWord> = {}) =>
  word({ aspect: 'DEVICE', state, ...more })
const state = (...words: PresenceWord[]) => agentState([], words, now)

describe('What a person at the phone is doing', () => {
  it('is what their calls show, whatever is said of their phone', () => {
    const gone = [device('OFFLINE'), word({ state: 'AWAY' })]
    expect(agentState([CallStatus.RINGING], gone, now)).toBe('RINGING')
    expect(agentState([CallStatus.RINGING, CallStatus.HELD], gone, now)).toBe('TALKING')
  })

  it('is idle where nothing is known', () => expect(state()).toBe('IDLE'))

  it('is offline when no phone of theirs can be reached', () => {
    expect(state(device('OFFLINE'), word({ state: 'AVAILABLE' }))).toBe('OFFLINE')
    expect(state(device('OFFLINE'), device('AVAILABLE', { extension: '1009' }))).toBe('IDLE')
    expect(state(device('OFFLINE'), device('AVAILABLE', { systemId: 'other' }))).toBe('IDLE')
  })

  it('is away when they are in every queue that they are in, or altogether', () => {
    const [sales, service] = ['sales', 'service'].map(queue => word({ queue, state: 'AWAY' })) as [
      PresenceWord,
      PresenceWord,
    ]
    expect(state(sales, service)).toBe('AWAY')
    expect(state(sales, { ...service, state: 'AVAILABLE' })).toBe('IDLE')
    expect(state(sales, { ...service, state: 'OFFLINE' })).toBe('AWAY')
    expect(state({ ...sales, state: 'OFFLINE' }, { ...service, state: 'OFFLINE' })).toBe('OFFLINE')
    expect(state(word({ state: 'AWAY' }))).toBe('AWAY')
  })

  it('follows what was said last, of one queue or of all', () => {
    const away = word({ queue: 'sales', state: 'AWAY', at: minute(1) })
    expect(state(away, word({ state: 'AVAILABLE', at: minute(2) }))).toBe('IDLE')
    expect(state(away, word({ state: 'AVAILABLE', at: minute(0) }))).toBe('AWAY')
  })

  it('is wrapping up until that ends', () => {
    expect(state(word({ state: 'WRAP_UP', until: minute(11) }))).toBe('WRAP_UP')
    expect(state(word({ state: 'WRAP_UP', until: minute(10) }))).toBe('IDLE')
    expect(state(word({ state: 'WRAP_UP' }))).toBe('WRAP_UP')
    expect(state(word({ queue: 'sales', state: 'AWAY' }), word({ queue: 'service', state: 'WRAP_UP' }))).toBe('WRAP_UP')
  })

  it('does not depend on the order of the words', () => {
    const some = fc.record({
      aspect: fc.constantFrom('DEVICE' as const, 'WORK' as const),
      queue: fc.constantFrom('', 'sales', 'service'),
      extension: fc.constantFrom('1001', '1002'),
      state: fc.constantFrom('OFFLINE' as const, 'AVAILABLE' as const, 'AWAY' as const, 'WRAP_UP' as const),
      at: fc.nat(3).map(minute),
    })
    const words = fc
      .uniqueArray(some, { maxLength: 8, selector: one => `${one.aspect} ${one.queue} ${one.extension}` })
      .map(all => all.map(one => word(one)))
    fc.assert(
      fc.property(
        words.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(state(...shuffled)).toBe(state(...all))
        },
      ),
    )
  })
})
