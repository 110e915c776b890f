import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capturedEvents } from '../../test/telephony/freeswitchCaptures.js'
import type { FsEvent } from './event.js'
import { readPresence } from './presence.js'
import { settingsOf } from './settings.js'

const settings = settingsOf({
  id: 'fs1',
  name: 'FreeSWITCH',
  timeZone: 'Asia/Shanghai',
  trunks: [],
  settings: { secret: 'a secret of fs' },
})

const custom = (subclass: string, more: FsEvent): FsEvent => ({
  'Event-Name': 'CUSTOM',
  'Event-Subclass': subclass,
  'Core-UUID': 'core',
  'Event-Sequence': '7',
  'Event-Date-Timestamp': '1795429201209439',
  ...more,
})
const at = '2026-11-23T10:20:01.209Z'
const key = 'core:7:presence'

describe('What is said of people at their phones', () => {
  it.each([
    ['sofia::register', { 'from-user': '1001', 'to-user': '1001', status: 'Registered(UDP)' }, 'AVAILABLE'],
    ['sofia::unregister', { 'from-user': '1001', reason: 'socket-disconnection' }, 'OFFLINE'],
    ['sofia::expire', { user: '1001', host: 'pbx.example' }, 'OFFLINE'],
  ])('%s: whether the phone can be reached', (subclass, more, state) => {
    expect(readPresence(settings, custom(subclass, more as FsEvent))).toEqual([
      { key, extension: '1001', at, aspect: 'DEVICE', state },
    ])
  })

  it.each([
    ['Available', 'AVAILABLE'],
    ['Available (On Demand)', 'AVAILABLE'],
    ['On Break', 'AWAY'],
    ['Logged Out', 'OFFLINE'],
  ])('%s: whether an agent takes calls', (status, state) => {
    const event = custom('callcenter::info', {
      'CC-Agent': '1001@default',
      'CC-Action': 'agent-status-change',
      'CC-Agent-Status': status,
    })
    expect(readPresence(settings, event)).toEqual([{ key, extension: '1001', at, aspect: 'WORK', state }])
  })

  it('after a call of a queue an agent has work to finish, where it is known for how long', () => {
    const events = capturedEvents('queue')
    expect(events.flatMap(event => readPresence(settings, event))).toEqual([])
    const told = events.map(event => ({ ...event, 'HUB-Wrap-Up-Time': '20' }))
    expect(told.flatMap(event => readPresence(settings, event))).toEqual([
      {
        key: expect.stringMatching(/:presence$/),
        extension: '1002',
        at: '2026-11-23T10:20:14.289Z',
        aspect: 'WORK',
        state: 'WRAP_UP',
        until: '2026-11-23T10:20:34.000Z',
      },
    ])
  })

  it('says nothing of nobody, or of what it does not know', () => {
    const odd: FsEvent[] = [
      custom('sofia::register', { 'from-user': 'trunk-peer' }),
      custom('callcenter::info', {
        'CC-Agent': '1001@default',
        'CC-Action': 'bridge-agent-end',
        'CC-Agent-Bridged': 'true',
        'CC-Bridge-Terminated-Time': '1795429214',
        'HUB-Wrap-Up-Time': '9'.repeat(300),
      }),
      custom('sofia::register', {}),
      custom('sofia::register', { 'from-user': '1001', 'Event-Date-Timestamp': 'yesterday' }),
      custom('callcenter::info', {
        'CC-Agent': '1001@default',
        'CC-Action': 'agent-status-change',
        'CC-Agent-Status': 'constructor',
      }),
      custom('callcenter::info', {
        'CC-Agent': '1001@default',
        'CC-Action': 'agent-state-change',
        'CC-Agent-State': 'Waiting',
      }),
      { ...custom('sofia::register', { 'from-user': '1001' }), 'Event-Name': 'CHANNEL_CREATE' },
      custom('constructor', { 'from-user': '1001' }),
    ]
    for (const event of odd) expect(readPresence(settings, event)).toEqual([])
  })

  it('never fails, whatever values an event has', () => {
    const events = capturedEvents('queue').filter(event => event['Event-Name'] === 'CUSTOM')
    const odd = fc.oneof(
      fc.string(),
      fc.constantFrom('true', '9999999999999999', 'Available', 'sofia::register', '__proto__'),
    )
    const spoilt = fc.tuple(fc.constantFrom(...events), fc.array(fc.tuple(fc.nat(), odd)))
    fc.assert(
      fc.property(spoilt, ([event, changes]) => {
        const names = [...Object.keys(event), 'HUB-Wrap-Up-Time', 'from-user', 'CC-Agent-Status']
        const changed = { ...event }
        for (const [place, value] of changes) changed[names[place % names.length]!] = value
        for (const fact of readPresence(settings, changed)) expect(fact.at).toBe(new Date(fact.at).toISOString())
      }),
      { numRuns: 200 },
    )
  })
})
