import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { type CallStatus, LiveDocument } from '../../schema/operations/generated/graphql.js'
import type { CallState } from '../../subgraphs/call/call/callState.js'
import { capturedCalls } from '../fixtures/asterisk/expected.js'
import { type AmiMessage, AmiServer, frameOf } from '../kit/amiServer.js'
import type { Live } from '../kit/client.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'
import { captured } from './captures.js'
import { shown, shownCall } from './shown.js'

const logged: string[] = []
let ami: AmiServer
let hub: TestHub
/** Everything that happens, as the administrator sees it. */
let live: Live<{ callUpdated: { call: { externalId: string; status: string } } }>

beforeAll(async () => {
  ami = await AmiServer.start()
  hub = await startHub({
    running: true,
    log: createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) }),
    config: config => ({
      ...config,
      systems: [
        {
          id: 'pbx1',
          name: 'Asterisk',
          kind: 'CALL',
          connector: 'asterisk',
          address: ami.address,
          secret: ami.secret,
          trunks: ['trunk-ct'],
          timeZone: null,
          budget: { perSecond: null, perDay: null },
          settings: { username: ami.username },
        },
      ],
    }),
  })
  await givenCustomers(hub, {
    name: '王伟',
    phone: '13812345678',
    ownerId: 'agent-north-1',
    followUps: [{ note: '周三再谈' }],
  })
  live = await hub.as('admin').subscribe('subscription { callUpdated { call { externalId status } } }')
  await ami.asked('QueueStatus')
})
afterAll(() => ami.stop())

let marked = 0
/** Ends once everything that was played before is applied: a system's messages are applied in their order. */
async function applied(): Promise<void> {
  const id = `pbx1-marker.${++marked}`
  ami.play(newchannel(id))
  await seen(id)
}

async function seen(externalId: string, status?: string): Promise<void> {
  for (;;) {
    const { call } = (await live.next()).data!.callUpdated
    if (call.externalId === externalId && (status === undefined || call.status === status)) return
  }
}

const newchannel = (id: string, number = '13300000000'): AmiMessage => ({
  Event: 'Newchannel',
  Timestamp: '1795428000.000001',
  Channel: `PJSIP/trunk-ct-${id.replace(/\D/g, '').slice(-8).padStart(8, '0')}`,
  ChannelState: '4',
  CallerIDNum: number,
  Context: 'from-trunk',
  Exten: '02161230000',
  Uniqueid: id,
  Linkedid: id,
})

const call = (externalId: string) => shownCall(hub, externalId)

describe('A4: an Asterisk that is connected', () => {
  it('is logged in to once, with the manager account of the configuration, for the events the hub reads', () => {
    const [login, ...others] = ami.actions.filter(({ Action }) => Action === 'Login')
    expect(login).toMatchObject({ Username: 'hub', Secret: ami.secret, Events: expect.stringContaining('call') })
    expect(others).toEqual([])
  })

  it('shows as up', async () => {
    const { systems } = await hub.as('admin').query('{ systems { id state lastError } }')
    expect(systems).toContainEqual({ id: 'pbx1', state: 'UP', lastError: null })
  })

  it.each(capturedCalls)('B4: $callId of $file, from the wire to the graph', async ({ file, callId, state }) => {
    // Pieces of seven bytes: no message comes whole.
    ami.send(captured(file).map(frameOf).join(''), 7)
    await applied()
    expect(await call(callId)).toMatchObject(shown(state))
  })

  it.each(capturedCalls)('B4: $callId of $file, back to front, as another call', async ({ file, callId, state }) => {
    const again = (text: string) => text.replaceAll(/\bpbx1-(?=\d{10}\.)/g, 'pbx9-').replaceAll('hub42-', 'hub43-')
    const events = captured(file).map(event => JSON.parse(again(JSON.stringify(event))) as AmiMessage)
    ami.play(...events.reverse())
    await applied()
    expect(await call(again(callId))).toMatchObject(shown(JSON.parse(again(JSON.stringify(state))) as CallState))
  })

  it('B4: all of them once more, back to front, change nothing', async () => {
    const before = await Promise.all(capturedCalls.map(({ callId }) => call(callId)))
    ami.play(...capturedCalls.flatMap(({ file }) => captured(file)).reverse())
    await applied()
    expect(await Promise.all(capturedCalls.map(({ callId }) => call(callId)))).toEqual(before)
  })
})

describe('F3: a call is on the screen while it goes on', () => {
  it('rings with the customer and what was agreed with them, is answered, and ends', async () => {
    const events = captured('ami-in-answered').map(event => renamed(event, 'pbx1-1795428081', 'pbx1-2795428081'))
    const screen = await hub.as('agent-north-1').follow(LiveDocument)
    const until = async (status: CallStatus) => {
      for (;;) {
        const { data } = await screen.next()
        if (data!.callUpdated!.call!.status === status) return data!.callUpdated!.call!
      }
    }
    const answered = events.findIndex(({ Event, DialStatus }) => Event === 'DialEnd' && DialStatus === 'ANSWER')
    const talking = events.findLastIndex(({ Event }) => Event === 'BridgeEnter') + 1

    ami.play(...events.slice(0, answered))
    expect(await until('RINGING')).toMatchObject({
      status: 'RINGING',
      direction: 'INBOUND',
      customerPhone: { masked: '138****5678', region: expect.anything() },
      customer: {
        name: '王伟',
        phone: { masked: '138****5678' },
        followUps: { nodes: [{ note: '周三再谈' }] },
      },
      agent: { id: 'agent-north-1' },
    })
    ami.play(...events.slice(answered, talking))
    await until('ANSWERED')
    ami.play(...events.slice(talking))
    await until('ENDED')
    screen.stop()
  })
})

describe('A connection that breaks', () => {
  const up = async () => (await hub.as('admin').query('{ systems { id state } }')).systems[0].state
  let logins: number
  beforeEach(() => {
    logins = ami.actions.filter(({ Action }) => Action === 'Login').length
  })
  const reconnected = () => ami.asked('QueueStatus', logins + 1)

  it('is taken up again; a call that ended meanwhile is closed as lost, one that goes on goes on', async () => {
    ami.play(newchannel('pbx1-77.1', '13300000001'), newchannel('pbx1-77.2', '13300000002'))
    await applied()
    ami.channels = [{ ...newchannel('pbx1-77.2'), Event: 'CoreShowChannel', ChannelState: '6', Duration: '00:01:00' }]
    ami.drop()
    await reconnected()
    await seen('pbx1-77.1', 'ENDED')
    expect(await call('pbx1-77.1')).toMatchObject({ status: 'ENDED', outcome: 'LOST' })
    expect((await call('pbx1-77.2')).status).not.toBe('ENDED')

    const over = { ...newchannel('pbx1-77.2'), Event: 'Hangup', Timestamp: '1795428100.000001', Cause: '16' }
    ami.channels = []
    ami.play(over)
    await applied()
    expect(await call('pbx1-77.2')).toMatchObject({ status: 'ENDED', hangupCause: '16' })
    expect(await up()).toBe('UP')
  })

  it('shows callers who wait in a queue, and calls that began unseen', async () => {
    const waiting = { ...newchannel('pbx1-78.1', '13300000003'), Event: 'CoreShowChannel', Duration: '00:00:30' }
    ami.channels = [waiting]
    ami.queueEntries = [{ Event: 'QueueEntry', Queue: 'sales', Uniqueid: 'pbx1-78.1', Wait: '25' }]
    ami.drop()
    await reconnected()
    await applied()
    expect(await call('pbx1-78.1')).toMatchObject({
      status: 'QUEUED',
      queue: 'sales',
      direction: 'INBOUND',
      customerPhone: { masked: '133****0003' },
    })
    ami.channels = []
    ami.queueEntries = []
  })

  it('A10: by a server that talks nonsense costs nothing but that connection', async () => {
    ami.send(Buffer.from([0, 255, 254, 10, 13, 10, 58, 58, 13, 10, 13, 10]))
    ami.send(`Event: Newchannel\r\nUniqueid: pbx1-79.1\r\nLinkedid: pbx1-79.1\r\nTimestamp: never\r\n\r\n`)
    ami.send(`Event: ${'x'.repeat(20_000)}\r\n\r\n`)
    await reconnected()
    await applied()
  })

  it('because the secret is no longer right says so, and goes on once it is', async () => {
    // That the breaks before this one left a gap is another alert, which comes when it comes.
    const alerts = async () =>
      (await hub.as('admin').query('{ alerts { nodes { kind title } } }')).alerts.nodes.filter(
        ({ kind }: { kind: string }) => kind === 'system.down',
      )
    const told = () => expect.poll(alerts, { timeout: 10_000, interval: 20 })
    await told().toEqual([])
    ami.manners.login = 'refuse'
    ami.drop()
    await told().toEqual([{ kind: 'system.down', title: 'Asterisk cannot be reached.' }])
    // It was down before it was refused.
    await ami.asked('Login', logins + 1)
    ami.manners.login = 'check'
    await reconnected()
    await applied()
  })
})

it('C4: no number of a caller stands in the log or the metrics', async () => {
  const metrics = await (await fetch(`${hub.url}/metrics`)).text()
  const said = [...logged, metrics].join('\n')
  expect(said).toContain('pbx1')
  for (const number of ['13812345678', '13600003333', '13700002222', '13900001111']) expect(said).not.toContain(number)
  expect(said).not.toContain(ami.secret)
})

const renamed = (event: AmiMessage, from: string, to: string): AmiMessage =>
  JSON.parse(JSON.stringify(event).replaceAll(from, to)) as AmiMessage
