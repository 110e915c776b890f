import { describe, expect, it } from 'vitest'
import type { AmiEvent } from './amiEvent.js'
import { presence } from './presence.js'
import { settingsOf } from './settings.js'

const settings = settingsOf({
  id: 'pbx',
  name: 'Asterisk',
  timeZone: 'Asia/Shanghai',
  trunks: ['trunk-ct'],
  settings: { address: 'tcp://127.0.0.1', username: 'hub', secret: 'x' },
})
const AT = '2026-11-23T10:01:21.500Z'

const said = (event: AmiEvent) =>
  presence(settings, { Timestamp: '1795428081.500000', ...event }).map(({ key: _, at, ...rest }) => {
    expect(at).toBe(AT)
    return rest
  })

const member = (more: AmiEvent = {}): AmiEvent => ({
  Event: 'QueueMemberStatus',
  Queue: 'sales',
  MemberName: 'Li Na',
  Interface: 'PJSIP/1001',
  StateInterface: 'PJSIP/1001',
  LastCall: '0',
  InCall: '0',
  Status: '1',
  Paused: '0',
  Wrapuptime: '0',
  ...more,
})
const device = (state: string) => ({ extension: '1001', aspect: 'DEVICE', state })
const work = (state: string, more = {}) => ({ extension: '1001', aspect: 'WORK', queue: 'sales', state, ...more })

describe('A phone', () => {
  it.each([
    ['NOT_INUSE', 'AVAILABLE'],
    ['RINGING', 'AVAILABLE'],
    ['ONHOLD', 'AVAILABLE'],
    ['UNAVAILABLE', 'OFFLINE'],
    ['INVALID', 'OFFLINE'],
  ])('that is %s is %s', (State, state) => {
    expect(said({ Event: 'DeviceStateChange', Device: 'PJSIP/1001', State })).toEqual([device(state)])
  })

  it.each([
    { Device: 'PJSIP/1001', State: 'UNKNOWN' },
    { Device: 'PJSIP/1001', State: 'constructor' },
    { Device: 'PJSIP/trunk-ct', State: 'INUSE' },
    { Device: 'Custom:DND1001', State: 'INUSE' },
    { State: 'INUSE' },
  ])('of which %j is said: nothing is known', event => {
    expect(said({ Event: 'DeviceStateChange', ...event } as AmiEvent)).toEqual([])
  })
})

describe('A member of a queue', () => {
  it('is there, away, out of reach or gone from that queue', () => {
    expect(said(member())).toEqual([device('AVAILABLE'), work('AVAILABLE')])
    expect(said(member({ Event: 'QueueMemberPause', Paused: '1' }))).toEqual([device('AVAILABLE'), work('AWAY')])
    expect(said(member({ Event: 'QueueMemberAdded', Status: '5' }))).toEqual([device('OFFLINE'), work('AVAILABLE')])
    expect(said(member({ Event: 'QueueMemberRemoved' }))).toEqual([work('OFFLINE')])
  })

  it('wraps up for as long as the queue leaves them in peace', () => {
    const ended = { LastCall: '1795428080', Wrapuptime: '30' }
    expect(said(member(ended))).toEqual([device('AVAILABLE'), work('WRAP_UP', { until: '2026-11-23T10:01:50.000Z' })])
    expect(said(member({ ...ended, InCall: '1' }))).toContainEqual(work('AVAILABLE'))
    expect(said(member({ ...ended, Wrapuptime: '1' }))).toContainEqual(work('AVAILABLE'))
    expect(said(member({ ...ended, Paused: '1' }))).toContainEqual(work('AWAY'))
    expect(said(member({ LastCall: 'x', Wrapuptime: '30' }))).toContainEqual(work('AVAILABLE'))
  })

  it('is known by what the queue watches where it calls them by an inner channel of another name', () => {
    expect(said(member({ Interface: 'Local/li-na@agents/n' }))).toContainEqual(work('AVAILABLE'))
    expect(said(member({ Interface: 'Local/li-na@agents/n', StateInterface: 'Custom:li-na' }))).toEqual([])
  })

  it('is listed after the hub has logged in', () => {
    const { Interface: Location, ...listed } = member({ Event: 'QueueMember', Paused: '1' })
    const rx = '2026-11-23T10:01:21.500Z'
    const facts = presence(settings, { ...listed, Location: Location!, rx })
    expect(facts).toMatchObject([device('AVAILABLE'), { ...work('AWAY'), at: rx }])
    expect(new Set(facts.map(({ key }) => key)).size).toBe(2)
    // The same words an hour later are news again.
    const later = presence(settings, { ...listed, Location: Location!, rx: '2026-11-23T11:01:21.500Z' })
    expect(later[1]!.key).not.toBe(facts[1]!.key)
  })
})

it('What is said of calls says nothing of people', () => {
  expect(said({ Event: 'Newchannel', Channel: 'PJSIP/1001-0000002a', Uniqueid: 'p.1', Linkedid: 'p.1' })).toEqual([])
})
