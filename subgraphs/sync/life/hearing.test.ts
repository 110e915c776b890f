import { describe, expect, it } from 'vitest'
import type { CallFact, FactKind } from '../../../kernel/ports/index.js'
import { hearing } from './hearing.js'

const at = (second: number) => new Date(Date.parse('2026-11-23T02:00:00Z') + second * 1000)
let made = 0
const told = (kind: FactKind, second: number, more: Partial<CallFact> = {}, heard = second + 1) => ({
  fact: { key: `k${++made}`, callId: 'c', at: at(second).toISOString(), kind, ...more },
  heardAt: at(heard),
})
const began = told('LEG_STARTED', 0, { legId: 'a', direction: 'INBOUND', from: '13812345678' })
const rings = told('RINGING', 2, { legId: 'b', extension: '1001' })
const lost = told('ENDED', 900, { outcome: 'LOST' })
const whats = (heard: ReturnType<typeof hearing>) =>
  heard.map(({ changed }) => changed.map(({ what }) => what).join(' '))

describe('D6: what each fact of a call changed', () => {
  it('is told fact by fact, in the order in which they were heard', () => {
    expect(hearing([began, rings]).map(({ changed }) => changed)).toMatchObject([
      [
        { what: 'direction', from: null, to: 'INBOUND' },
        { what: 'status', from: null, to: 'DIALING' },
        { what: 'customerNumber', to: '13812345678' },
        { what: 'startedAt' },
        { what: 'legs' },
      ],
      [
        { what: 'status', from: 'DIALING', to: 'RINGING' },
        { what: 'agentExtension', from: null, to: '1001' },
        { what: 'ringingAt' },
        { what: 'legs' },
      ],
    ])
  })

  it('is put right by what comes late, which is known to be late', () => {
    const picked = told('ANSWERED', 5, { legId: 'b', extension: '1001' }, 4000)
    const heard = hearing([began, rings, lost, picked])
    expect(heard.at(-1)).toMatchObject({ lateSeconds: 3995, again: false })
    expect(heard.at(-1)!.changed).toContainEqual({ what: 'outcome', from: 'LOST', to: 'ANSWERED' })
  })

  it('is nothing where it only says again what is known', () => {
    const again = { fact: { ...rings.fact, key: 'another' }, heardAt: at(60) }
    const resumed = told('RESUMED', 3)
    const heard = hearing([began, rings, again, resumed])
    expect(whats(heard).slice(2)).toEqual(['', ''])
    expect(heard.map(one => one.again)).toEqual([false, false, true, false])
  })

  it('counts what is dated ahead of the hub as ahead', () => {
    expect(hearing([told('QUEUED', 100, {}, 40)])[0]!.lateSeconds).toBe(-60)
  })
})
