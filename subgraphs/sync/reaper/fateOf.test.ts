import { describe, expect, it } from 'vitest'
import type { HeardCall } from '../../call/index.js'
import { believed, fateOf } from './fateOf.js'

const now = new Date('2026-11-23T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const call = (minutes: number, more: Partial<HeardCall> = {}) =>
  ({ externalId: 'c', status: 'ANSWERED', heardAt: ago(minutes), unheard: false, ...more }) as HeardCall
const none = new Set<string>()

describe('A call that has not ended', () => {
  it('lives while its system names it, however long', () => {
    expect(fateOf(call(10_000), new Set(['c']), undefined, now)).toBe('LIVES')
  })

  it('lives while it is heard of, whatever its system names', () => {
    expect(fateOf(call(4), none, ago(2), now)).toBe('LIVES')
  })

  it('is lost once its system has left it out twice, a minute apart', () => {
    expect(fateOf(call(6), none, undefined, now)).toBe('MISSING')
    expect(fateOf(call(6), none, ago(0.9), now)).toBe('MISSING')
    expect(fateOf(call(6), none, ago(1), now)).toBe('LOST')
  })

  it('lives while its system refuses to say or cannot be believed', () => {
    expect(fateOf(call(100_000), 'UNSURE', ago(50), now)).toBe('LIVES')
  })

  it('is given up after half a day of silence where nobody can be asked', () => {
    expect(fateOf(call(719), 'UNKNOWN', undefined, now)).toBe('LIVES')
    expect(fateOf(call(720), 'UNKNOWN', undefined, now)).toBe('LOST')
  })

  it('and was placed by the hub without any phone ringing is given up after minutes', () => {
    const placed = { externalId: 'hub-1', status: 'DIALING' } as Partial<HeardCall>
    expect(fateOf(call(4, placed), 'UNKNOWN', undefined, now)).toBe('LIVES')
    expect(fateOf(call(5, placed), 'UNKNOWN', undefined, now)).toBe('LOST')
    expect(fateOf(call(5, { ...placed, status: 'ANSWERED' as never }), 'UNKNOWN', undefined, now)).toBe('LIVES')
  })
})

describe('What a system says', () => {
  it('is not believed where it names none of the calls that were just heard of', () => {
    expect(believed(none, [call(1), call(60)], now)).toBe('UNSURE')
    expect(believed(new Set(['other']), [call(1)], now)).toBe('UNSURE')
    expect(believed(new Set(['c']), [call(1), call(60, { externalId: 'd' })], now)).toEqual(new Set(['c']))
    expect(believed(none, [call(60)], now)).toBe(none)
  })
})
