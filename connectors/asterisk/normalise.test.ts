import { describe, expect, it } from 'vitest'
import type { AmiEvent } from './amiEvent.js'
import { normalise } from './normalise.js'
import { settingsOf } from './settings.js'

/** What no capture shows: each event as Asterisk documents it, with what a person reads from it. */
const settings = settingsOf({
  id: 'pbx',
  name: 'Asterisk',
  timeZone: 'Asia/Shanghai',
  trunks: ['trunk'],
  settings: { address: 'tcp://127.0.0.1', username: 'hub', secret: 'x' },
})
const TIME = { Timestamp: '1795428081.500000' }
const AT = '2026-11-23T10:01:21.500Z'
const phone = { Channel: 'PJSIP/1001-0000002a', Uniqueid: 'p.2', Linkedid: 'p.1' }
const outside = { Channel: 'PJSIP/trunk-0000002a', Uniqueid: 'p.1', Linkedid: 'p.1', CallerIDNum: '13812345678' }
const reached = { DestChannel: 'PJSIP/1002-0000002b', DestUniqueid: 'p.3', DestLinkedid: 'p.1' }

const read = (event: AmiEvent) =>
  normalise(settings, { ...TIME, ...event }).map(({ key: _, at, callId, ...rest }) => {
    expect([at, callId]).toEqual([AT, 'p.1'])
    return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  })

describe('A queue', () => {
  const member = { ...outside, ...reached, Queue: 'sales', Interface: 'PJSIP/1002' }

  it('that connects a member is what a person answers by', () => {
    expect(read({ Event: 'AgentConnect', ...member })).toEqual([
      { kind: 'CONNECTED', legId: 'p.3', extension: '1002', queue: 'sales' },
    ])
  })

  it('names its member also where it is reached by an inner channel', () => {
    const inner = { ...member, DestChannel: 'Local/1002@agents-0000002b;1', Interface: 'Local/1002@agents/n' }
    expect(read({ Event: 'AgentCalled', ...inner })).toEqual([{ kind: 'DIALING', extension: '1002', queue: 'sales' }])
  })
})

describe('Holding, bridges and transfers', () => {
  it.each([
    ['Hold', 'HELD'],
    ['Unhold', 'RESUMED'],
  ])('%s is %s', (Event, kind) => {
    expect(read({ Event, ...phone })).toEqual([{ kind, legId: 'p.2', extension: '1001' }])
  })

  it('two in a bridge hear each other; one alone, and one who waits with music, do not', () => {
    const enter = { Event: 'BridgeEnter', ...phone, BridgeTechnology: 'simple_bridge' }
    expect(read({ ...enter, BridgeNumChannels: '2' })).toEqual([{ kind: 'CONNECTED', legId: 'p.2', extension: '1001' }])
    expect(read({ ...enter, BridgeNumChannels: '1' })).toEqual([])
    expect(read({ ...enter, BridgeNumChannels: '2', BridgeTechnology: 'holding_bridge' })).toEqual([])
  })

  it('an attended transfer names the leg that takes over; one that failed is none', () => {
    const transfer = {
      Event: 'AttendedTransfer',
      OrigTransfererChannel: 'PJSIP/1001-0000002a',
      OrigTransfererUniqueid: 'p.2',
      OrigTransfererLinkedid: 'p.1',
      TransferTargetUniqueid: 'p.3',
    }
    expect(read({ ...transfer, Result: 'Success' })).toEqual([
      { kind: 'TRANSFERRED', legId: 'p.2', extension: '1001', toLegId: 'p.3' },
    ])
    expect(read({ ...transfer, Result: 'Fail' })).toEqual([])
  })
})

describe('How an attempt ended', () => {
  it.each([
    ['BUSY', 'BUSY'],
    ['NOANSWER', 'NO_ANSWER'],
    ['CANCEL', 'CANCELLED'],
    ['CONGESTION', 'CONGESTION'],
    ['CHANUNAVAIL', 'FAILED'],
    ['SOMETHING-NEW', 'OTHER'],
  ])('%s: %s', (DialStatus, outcome) => {
    expect(read({ Event: 'DialEnd', ...outside, ...reached, DialStatus })).toEqual([
      { kind: 'LEG_ENDED', legId: 'p.3', extension: '1002', outcome },
    ])
  })
})

describe('Consent', () => {
  it.each([
    ['announced', { consent: 'GRANTED', consentKind: 'announcement' }],
    ['Keypress', { consent: 'GRANTED', consentKind: 'keypress' }],
    ['declined', { consent: 'DECLINED' }],
    ['withdrawn', { consent: 'WITHDRAWN' }],
  ])('%s, by an event and by a variable', (word, said) => {
    const fact = [{ kind: 'CONSENT', ...said }]
    expect(read({ Event: 'UserEvent', UserEvent: 'HubConsent', ...outside, Consent: word })).toEqual(fact)
    expect(read({ Event: 'VarSet', ...outside, Variable: 'HUB_CONSENT', Value: word })).toEqual(fact)
  })

  it('in a word nobody knows is none', () => {
    expect(read({ Event: 'UserEvent', UserEvent: 'HubConsent', ...outside, Consent: 'perhaps' })).toEqual([])
    expect(read({ Event: 'UserEvent', UserEvent: 'Other', ...outside, Consent: 'granted' })).toEqual([])
  })
})

describe('What was there when the hub connected', () => {
  const rx = '2026-11-23T10:02:00.000Z'
  const seen = (event: AmiEvent) => normalise(settings, { rx, ...event })

  it('began as long ago as its age says', () => {
    const channel = {
      Event: 'CoreShowChannel',
      ...outside,
      ChannelState: '6',
      Duration: '01:00:30',
      Exten: '4008001234',
    }
    expect(seen(channel)).toMatchObject([
      { kind: 'LEG_STARTED', at: '2026-11-23T09:01:30.000Z', direction: 'INBOUND', from: '13812345678', line: 'trunk' },
      { kind: 'ANSWERED', at: rx, legId: 'p.1' },
    ])
  })

  it('waits in a queue as long as the queue says', () => {
    const entry = { Event: 'QueueEntry', ...outside, Queue: 'sales', Wait: '25' }
    expect(seen(entry)).toMatchObject([{ kind: 'QUEUED', at: '2026-11-23T10:01:35.000Z', queue: 'sales' }])
  })
})

describe('What says nothing of a call', () => {
  it.each([
    { Event: 'PeerStatus' },
    { Event: 'RTCPSent', ...outside },
    { Response: 'Success', ...outside },
    { Event: 'Newchannel', ...outside, Linkedid: '' },
    { Event: 'Newchannel', ...outside, Channel: 'Local/1001@agents-0000002a;1' },
    { Event: 'constructor', ...outside },
  ])('%j', event => {
    expect(normalise(settings, { ...TIME, ...event } as AmiEvent)).toEqual([])
  })
})
