import { createHmac } from 'node:crypto'
import { asterisk } from '../../connectors/asterisk/index.js'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import { hubEvents } from '../../connectors/hubEvents/index.js'
import { capturedCalls as asteriskCalls } from '../fixtures/asterisk/expected.js'
import { capturedCalls as freeswitchCalls } from '../fixtures/freeswitch/expected.js'
import { captured, payloadOf, pbx } from '../telephony/captures.js'
import { capturedEvents, capturedPosts, fs1 } from '../telephony/freeswitchCaptures.js'
import { readRecords, recorded } from '../telephony/records.js'
import { conforms } from './connector.js'

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value))

conforms({
  connector: asterisk,
  system: pbx(),
  payloads: [...new Set(asteriskCalls.map(({ file }) => file))].flatMap(captured).map(payloadOf),
  people: [
    { Event: 'DeviceStateChange', Device: 'PJSIP/1001', State: 'UNAVAILABLE' },
    { Event: 'QueueMemberPause', Queue: 'sales', Interface: 'PJSIP/1001', Status: '1', Paused: '1' },
    {
      Event: 'QueueMemberStatus',
      Queue: 'sales',
      Interface: 'PJSIP/1001',
      Paused: '0',
      LastCall: '1795428000',
      Wrapuptime: '30',
    },
    { Event: 'QueueMemberRemoved', Queue: 'sales', Interface: 'PJSIP/1001' },
  ].map(event => json({ Timestamp: '1795428001.500000', ...event })),
  callFrom: number =>
    payloadOf({
      Event: 'Newchannel',
      Timestamp: '1795428000.000001',
      Channel: 'PJSIP/trunk-ct-00000001',
      ChannelState: '4',
      CallerIDNum: number,
      Exten: '02161230000',
      Uniqueid: 'pbx1-1.1',
      Linkedid: 'pbx1-1.1',
    }),
})

conforms({
  connector: { ...asterisk, name: 'asterisk (records)' },
  system: recorded(),
  payloads: (await readRecords()).kept.payloads,
  callFrom: number =>
    payloadOf({
      Event: 'CelRow',
      Timestamp: '1795428000.001',
      EventName: 'CHAN_START',
      Channel: 'PJSIP/trunk-ct-00000001',
      CallerIDNum: number,
      Exten: '02161230000',
      Uniqueid: 'pbx1-1.1',
      Linkedid: 'pbx1-1.1',
    }),
})

conforms({
  connector: freeswitch,
  system: fs1({ address: 'tcp://127.0.0.1:8021', password: 'of the event socket' }),
  payloads: freeswitchCalls.flatMap(({ name }) => capturedEvents(name)).map(json),
  people: [
    { 'Event-Subclass': 'sofia::register', 'from-user': '1001' },
    { 'Event-Subclass': 'sofia::expire', user: '1001' },
    {
      'Event-Subclass': 'callcenter::info',
      'CC-Agent': '1001@default',
      'CC-Action': 'agent-status-change',
      'CC-Agent-Status': 'On Break',
    },
    {
      'Event-Subclass': 'callcenter::info',
      'CC-Agent': '1001@default',
      'CC-Action': 'bridge-agent-end',
      'CC-Agent-Bridged': 'true',
      'CC-Bridge-Terminated-Time': '1795429135',
      'HUB-Wrap-Up-Time': '30',
    },
  ].map(event =>
    json({
      'Event-Name': 'CUSTOM',
      'Core-UUID': 'core',
      'Event-Sequence': '1',
      'Event-Date-Timestamp': '1795429135249441',
      ...event,
    }),
  ),
  callFrom: number =>
    json({
      'Event-Name': 'CHANNEL_CREATE',
      'Core-UUID': 'core',
      'Event-Sequence': '1',
      'Event-Date-Timestamp': '1795429135249441',
      'Channel-Name': 'sofia/external/unknown@198.51.100.7',
      'Call-Direction': 'inbound',
      'Caller-Caller-ID-Number': number,
      'Unique-ID': 'call-1',
    }),
})

conforms({
  connector: { ...freeswitch, name: 'freeswitch (records)' },
  system: fs1(),
  payloads: freeswitchCalls.flatMap(({ name }) => capturedPosts(name)).map(({ body }) => json(body)),
  callFrom: number =>
    json({
      variables: {
        uuid: 'call-1',
        direction: 'inbound',
        channel_name: 'sofia/external/unknown@198.51.100.7',
        start_uepoch: '1795429135249441',
        end_uepoch: '1795429141829437',
      },
      callflow: [{ caller_profile: { caller_id_number: number } }],
    }),
  hook: body => ({
    headers: { authorization: `Basic ${Buffer.from('fs:a secret of fs').toString('base64')}` },
    query: {},
    body,
    receivedAt: new Date(1795429142000),
  }),
})

const SECRET = 'a-secret-of-the-hub'
const receivedAt = new Date(1795429142000)
const base = { callId: 'c1', direction: 'inbound' as const, extension: '1001' }
conforms({
  connector: hubEvents,
  system: {
    id: 'pbx',
    name: 'Any',
    timeZone: 'Asia/Shanghai',
    trunks: [],
    settings: { secret: SECRET, address: 'https://pbx.example/hub' },
  },
  payloads: [
    json({ ...base, id: 'e1', type: 'call.started', at: '2026-11-23T10:00:00Z', from: '13812345678' }),
    json({ ...base, id: 'e2', type: 'call.ringing', at: '2026-11-23T18:00:01+08:00' }),
    json({ ...base, id: 'e3', type: 'call.ended', at: '2026-11-23T10:00:09.5Z', outcome: 'answered' }),
  ],
  people: [
    json({
      id: 'p1',
      type: 'agent.state',
      at: '2026-11-23T10:00:00Z',
      extension: '1001',
      state: 'away',
      queue: 'sales',
    }),
    json({
      id: 'p2',
      type: 'agent.state',
      at: '2026-11-23T18:00:00.5+08:00',
      extension: '1001',
      state: 'wrap_up',
      until: '2026-11-23T18:00:30+08:00',
    }),
  ],
  callFrom: number => json({ ...base, id: 'e9', type: 'call.started', at: '2026-11-23T10:00:00Z', from: number }),
  hook: body => ({
    headers: {
      'x-hub-timestamp': String(receivedAt.getTime()),
      'x-hub-signature': `v1=${createHmac('sha256', SECRET).update(`${receivedAt.getTime()}.`).update(body).digest('hex')}`,
    },
    query: {},
    body,
    receivedAt,
  }),
})
