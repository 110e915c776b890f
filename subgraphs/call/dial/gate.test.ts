import { describe, expect, it } from 'vitest'
import { ConsentState } from '../../../kernel/consent.js'
import type { DialRules } from '../../../kernel/ports/index.js'
import { type Circumstances, type Refusal, refusalOf } from './gate.js'

const rules: DialRules = {
  hours: { from: 9 * 60, to: 21 * 60 },
  days: [1, 2, 3, 4, 5],
  perDay: 3,
  consent: 'UNLESS_WITHDRAWN',
}
const fine: Circumstances = {
  dialable: true,
  doNotCall: false,
  consents: [],
  callsToday: 2,
  inCall: false,
  agentBusy: false,
  extension: '1001',
  systemId: 'pbx',
}
const monday = { weekday: 1, minutes: 10 * 60 }
const asked = (changes: Partial<Circumstances> = {}, changed: Partial<DialRules> = {}, now = monday) =>
  refusalOf({ ...fine, ...changes }, { ...rules, ...changed }, now)

describe('C8: whether a call may be placed', () => {
  it('may where nothing speaks against it', () => {
    expect(asked()).toBeNull()
    expect(asked({ consents: [ConsentState.GRANTED] })).toBeNull()
  })

  it.each<[Refusal, Partial<Circumstances>]>([
    ['DO_NOT_CALL', { doNotCall: true }],
    ['NO_CONSENT', { consents: [ConsentState.WITHDRAWN] }],
    ['NO_CONSENT', { consents: [ConsentState.GRANTED, ConsentState.DECLINED] }],
    ['NOT_DIALABLE', { dialable: false }],
    ['TOO_OFTEN', { callsToday: 3 }],
    ['IN_CALL', { inCall: true }],
    ['AGENT_BUSY', { agentBusy: true }],
    ['NO_EXTENSION', { extension: null }],
    ['NO_PHONE_SYSTEM', { systemId: null }],
  ])('may not: %s', (refusal, changes) => {
    expect(asked(changes)).toBe(refusal)
  })

  it('keeps to hours and days: the first minute is in, the last is out', () => {
    const at = (weekday: number, minutes: number) => asked({}, {}, { weekday, minutes })
    expect([at(1, 539), at(1, 540), at(1, 1259), at(1, 1260)]).toEqual(['OUTSIDE_HOURS', null, null, 'OUTSIDE_HOURS'])
    expect([at(5, 600), at(6, 600), at(7, 600)]).toEqual([null, 'OUTSIDE_HOURS', 'OUTSIDE_HOURS'])
  })

  it('where consent is required, wants a word of it', () => {
    const required = { consent: 'REQUIRED' } as const
    expect(asked({}, required)).toBe('NO_CONSENT')
    expect(asked({ consents: [ConsentState.GRANTED] }, required)).toBeNull()
    expect(asked({ consents: [ConsentState.GRANTED, ConsentState.WITHDRAWN] }, required)).toBe('NO_CONSENT')
  })

  it('names what the customer wants before what the caller lacks', () => {
    expect(asked({ doNotCall: true, extension: null, systemId: null, agentBusy: true })).toBe('DO_NOT_CALL')
  })
})
