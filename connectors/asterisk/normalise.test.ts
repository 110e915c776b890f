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
    ['constructor', 'OTHER'],
  ])('%s: %s', (DialStatus, outcome) => {
    expect(read({ Event: 'DialEnd', ...outside, ...reached, DialStatus })).toEqual([
      { kind: 'LEG_ENDED', legId: 'p.3', extension: '1002', outcome },
    ])
  })
})

describe('A caller whose number is masked for agents', () => {
  it('is known by the number that the dial plan keeps in a variable', () => {
    const masked = { ...outside, CallerIDNum: '138****5678', ChanVariable: ['HUB_CONSENT=', 'HUB_NUMBER=13812345678'] }
    expect(read({ Event: 'DialBegin', ...masked, ...reached })).toMatchObject([{ from: '13812345678' }])
    expect(read({ Event: 'QueueCallerJoin', ...masked, Queue: 'sales' })).toMatchObject([{ from: '13812345678' }])
    expect(read({ Event: 'CoreShowChannel', ...masked, ChannelState: '4' })).toMatchObject([{ from: '13812345678' }])
    // When the channel begins, nothing is masked yet.
    expect(read({ Event: 'Newchannel', ...outside, ChanVariable: 'HUB_NUMBER=' })).toMatchObject([
      { from: '13812345678' },
    ])
  })
})

describe('A phone that passes the call on', () => {
  it('has forwarded it, whatever else is said of the attempt', () => {
    const end = {
      Event: 'DialEnd',
      ...outside,
      ...reached,
      DialStatus: 'CANCEL',
      Forward: 'Local/13900001111@from-internal',
    }
    expect(read(end)).toEqual([{ kind: 'LEG_ENDED', legId: 'p.3', extension: '1002', outcome: 'FORWARDED' }])
  })
})

describe('A call of which only inner channels are left', () => {
  it('is nobody\u2019s, and ends with its legs', () => {
    const over = { Event: 'CEL', EventName: 'LINKEDID_END', UniqueID: 'p.1', LinkedID: 'p.1' }
    expect(read({ ...over, Channel: 'PJSIP/trunk-0000002a' })).toEqual([{ kind: 'ENDED', legId: 'p.1' }])
    expect(read({ ...over, Channel: 'Local/1002@agents-0000002b;1' })).toEqual([])
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
    for (const Variable of ['HUB_CONSENT', '__HUB_CONSENT'])
      expect(read({ Event: 'VarSet', ...outside, Variable, Value: word })).toEqual(fact)
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

/** Rows as the hub's reader of records writes them down. */
describe('The log of channels', () => {
  const row = (EventName: string, more: AmiEvent): AmiEvent => ({ Event: 'CelRow', EventName, ...more })
  const coarse = (...facts: object[]) => facts.map(fact => ({ ...fact, coarse: true }))

  it('knows a phone that calls, one that is called, and one that Asterisk calls by itself', () => {
    const caller = { ...phone, Uniqueid: 'p.1', Exten: '013812345678' }
    expect(read(row('CHAN_START', caller))).toEqual(
      coarse({ kind: 'LEG_STARTED', legId: 'p.1', extension: '1001', to: '013812345678' }),
    )
    // It is up when the other one is.
    expect(read(row('ANSWER', { ...caller, Application: 'Dial' }))).toEqual([])
    expect(read(row('ANSWER', { ...caller, Application: 'AppDial2' }))).toEqual(
      coarse({ kind: 'ANSWERED', legId: 'p.1', extension: '1001' }),
    )
    expect(read(row('CHAN_START', phone))).toEqual(
      coarse(
        { kind: 'LEG_STARTED', legId: 'p.2', extension: '1001' },
        { kind: 'DIALING', legId: 'p.2', extension: '1001' },
      ),
    )
  })

  it('connects two who are in one bridge, unless one waits in it', () => {
    const enter = row('BRIDGE_ENTER', { ...outside, Peer: 'Recorder/ARI-00000005;2,PJSIP/1001-0000002a' })
    expect(read(enter)).toEqual(coarse({ kind: 'CONNECTED', extension: '1001' }))
    expect(read({ ...enter, Peer: '' })).toEqual([])
    expect(read({ ...enter, Extra: '{"bridge_technology":"holding_bridge"}' })).toEqual([])
    expect(read({ ...enter, Extra: 'not JSON' })).toHaveLength(1)
  })

  it.each([
    ['{"hangupcause":17}', { cause: '17', outcome: 'BUSY' }],
    ['{"hangupcause":1}', { cause: '1', outcome: 'NOT_FOUND' }],
    ['{"hangupcause":34}', { cause: '34', outcome: 'CONGESTION' }],
    ['{"hangupcause":16}', { cause: '16' }],
    ['{"hangupcause":0}', {}],
    ['{"hangupcause":"odd"}', { cause: 'odd' }],
    ['[]', {}],
  ])('a called phone that hung up with %s', (Extra, more) => {
    expect(read(row('HANGUP', { ...phone, Extra }))).toEqual(
      coarse({ kind: 'LEG_ENDED', legId: 'p.2', extension: '1001', ...more }),
    )
  })

  it.each([
    [{ dialstatus: 'BUSY' }, 'BUSY'],
    [{ dialstatus: 'CANCEL' }, 'ABANDONED'],
    [{ dialstatus: 'NOANSWER', hangupsource: 'dialplan/builtin' }, 'NO_ANSWER'],
    // The caller let go before the queue gave up.
    [{ dialstatus: 'NOANSWER', hangupsource: 'PJSIP/trunk-0000002a' }, 'ABANDONED'],
    [{ dialstatus: 'SOMETHING-NEW' }, 'OTHER'],
    [{ dialstatus: 'ANSWER', hangupsource: 'PJSIP/trunk-0000002a' }, undefined],
    [{}, undefined],
  ])('a caller who hung up with %j', (extra, outcome) => {
    const said = read(row('HANGUP', { ...outside, Extra: JSON.stringify(extra) }))
    const leg = { kind: 'LEG_ENDED', legId: 'p.1' }
    expect(said).toEqual(coarse(leg, ...(outcome ? [{ kind: 'SUMMARY', legId: 'p.1', outcome }] : [])))
  })

  it('names transfers, forwarding, and the number that was dialled through a trunk', () => {
    expect(read(row('BLINDTRANSFER', { ...phone, Extra: '{"extension":"1002"}' }))).toEqual(
      coarse({ kind: 'TRANSFERRED', legId: 'p.2', extension: '1001', to: '1002' }),
    )
    const attended = (target: string) =>
      read(row('ATTENDEDTRANSFER', { ...phone, Extra: JSON.stringify({ transfer_target_channel_uniqueid: target }) }))
    expect(attended('p.3')).toEqual(coarse({ kind: 'TRANSFERRED', legId: 'p.2', extension: '1001', toLegId: 'p.3' }))
    expect(attended('N/A')).toEqual(coarse({ kind: 'TRANSFERRED', legId: 'p.2', extension: '1001' }))
    expect(read(row('FORWARD', { ...outside, Extra: '{"forward":"Local/1@x"}' }))).toEqual(
      coarse({ kind: 'SUMMARY', legId: 'p.1', outcome: 'FORWARDED' }),
    )
    const trunk = { ...outside, Uniqueid: 'p.3', Application: 'AppDial' }
    expect(read(row('ANSWER', trunk))).toEqual(coarse({ kind: 'ANSWERED', legId: 'p.3', to: '13812345678' }))
  })

  it('says when all channels of a call are gone, and with which', () => {
    expect(read(row('LINKEDID_END', phone))).toEqual(coarse({ kind: 'ENDED', legId: 'p.2' }))
  })

  it('of inner channels, and of what nobody asked for, says nothing', () => {
    const inner = { ...phone, Channel: 'Local/1002@agents-0000002b;1', Extra: '{}' }
    for (const name of ['CHAN_START', 'ANSWER', 'BRIDGE_ENTER', 'HANGUP', 'CHAN_END', 'LINKEDID_END', 'constructor'])
      expect(read(row(name, inner)), name).toEqual([])
  })
})

describe('The log of queues', () => {
  const line = (EventName: string, more: AmiEvent = {}): AmiEvent => ({
    Event: 'QueueLogRow',
    EventName,
    Uniqueid: 'p.1',
    Linkedid: 'p.1',
    Queue: 'sales',
    Interface: 'PJSIP/1002',
    ...more,
  })

  it('names who was connected, by the interface where it has one, and who rang for how long', () => {
    const connect = line('CONNECT', { Data1: '2', Data2: 'p.3' })
    const fact = { kind: 'CONNECTED', legId: 'p.3', queue: 'sales', coarse: true }
    expect(read(connect)).toEqual([{ ...fact, extension: '1002' }])
    expect(read({ ...connect, Interface: 'Zhang Wei' })).toEqual([fact])
    const rang = (Data1: string) => normalise(settings, { ...TIME, ...line('RINGNOANSWER', { Data1 }) })
    expect(rang('6000')).toMatchObject([{ kind: 'RINGING', extension: '1002', at: '2026-11-23T10:01:15.500Z' }])
    expect(rang('0')).toEqual([])
  })
})
