import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import type { CallState } from '../../subgraphs/call/call/callState.js'
import { capturedCalls as asteriskCalls } from '../fixtures/asterisk/expected.js'
import { capturedCalls } from '../fixtures/freeswitch/expected.js'
import { AmiServer, frameOf } from '../kit/amiServer.js'
import type { Live } from '../kit/client.js'
import { givenCustomers } from '../kit/factories.js'
import { eventFrame, FreeSwitchServer, type FsMessage } from '../kit/freeswitchServer.js'
import { startHub, type TestHub } from '../kit/startHub.js'
import { captured } from './captures.js'
import { capturedEvents, capturedPosts, fs1, RecordFolder } from './freeswitchCaptures.js'
import { shown, shownCall } from './shown.js'

const SECRET = 'a secret of fs'
const folder = new RecordFolder()
const logged: string[] = []
let server: FreeSwitchServer
let ami: AmiServer
let hub: TestHub
/** Everything that happens, as the administrator sees it. */
let live: Live<{ callUpdated: { call: { externalId: string; status: string } } }>

/** The system as the connector is given it. */
const connected = () =>
  fs1({
    address: server.address,
    password: server.password,
    secret: SECRET,
    backfill: { folder: folder.path },
    dial: { endpoint: 'user/{extension}@pbx.example', dialplan: { context: 'default' } },
  })

beforeAll(async () => {
  server = await FreeSwitchServer.start()
  ami = await AmiServer.start()
  const system = { kind: 'CALL' as const, timeZone: null, budget: { perSecond: null, perDay: null } }
  hub = await startHub({
    running: true,
    log: createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) }),
    config: config => ({
      ...config,
      systems: [
        {
          ...system,
          id: 'fs1',
          name: 'FreeSWITCH',
          connector: 'freeswitch',
          address: null,
          secret: null,
          trunks: [],
          settings: connected().settings,
        },
        {
          ...system,
          id: 'pbx1',
          name: 'Asterisk',
          connector: 'asterisk',
          address: ami.address,
          secret: ami.secret,
          trunks: ['trunk-ct'],
          settings: { username: ami.username },
        },
      ],
    }),
  })
  await givenCustomers(hub, { name: '王伟', phone: '13812345678', ownerId: 'agent-north-1' })
  live = await hub.as('admin').subscribe('subscription { callUpdated { call { externalId status } } }')
  await Promise.all([server.asked('api show channels'), ami.asked('QueueStatus')])
})
afterAll(async () => {
  await server.stop()
  await ami.stop()
  folder.remove()
})

let marked = 0
/** Ends once everything that FreeSWITCH said before is applied: a system's messages are applied in their order. */
async function applied(): Promise<void> {
  const id = `marker-${++marked}`
  server.play(create(id))
  await seen(id)
}

async function seen(externalId: string, status?: string): Promise<void> {
  for (;;) {
    const { call } = (await live.next()).data!.callUpdated
    if (call.externalId === externalId && (status === undefined || call.status === status)) return
  }
}

let sequence = 0
const create = (id: string, number = '13300000000'): FsMessage => ({
  'Event-Name': 'CHANNEL_CREATE',
  'Core-UUID': 'markers',
  'Event-Sequence': String(++sequence),
  'Event-Date-Timestamp': '1795429000000000',
  'Channel-Name': `sofia/ext/${number}@198.51.100.7`,
  'Call-Direction': 'inbound',
  'Caller-Caller-ID-Number': number,
  'Caller-Destination-Number': '02161230000',
  'Unique-ID': id,
})

const post = (body: string, { uuid = 'none', secret = SECRET, type = 'application/json' } = {}) =>
  fetch(`${hub.url}/hooks/fs1?uuid=${uuid}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`fs:${secret}`).toString('base64')}`, 'content-type': type },
    body,
  })

const call = (externalId: string) => shownCall(hub, externalId)

/** The call as the graph shows it. */
const shownHere = (state: CallState, externalId: string) => ({ ...shown(state), externalId, system: { id: 'fs1' } })

/** The same capture as another call. */
const again = <T>(value: T, digit: string): T =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(/\b[0-9a-f]{7}([0-9a-f]-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g, `${digit.repeat(7)}$1`)
      .replaceAll(/"Event-Sequence":"(\d+)"/g, `"Event-Sequence":"${digit}00$1"`),
  ) as T

describe('A4: a FreeSWITCH that is connected', () => {
  it('is logged in to once, shows as up, and may be taken for nobody else', async () => {
    expect(server.count('auth ')).toBe(1)
    const { systems } = await hub.as('admin').query('{ systems { id state lastError } }')
    expect(systems).toContainEqual({ id: 'fs1', state: 'UP', lastError: null })
  })

  it.each(capturedCalls)('B4: $name, from the wire to the graph', async ({ name, callId, state }) => {
    // Pieces of 700 bytes: no event comes whole.
    server.send(Buffer.concat((capturedEvents(name) as FsMessage[]).map(eventFrame)), 700)
    await applied()
    expect(await call(callId)).toMatchObject(shownHere(state, callId))
  })

  it.each(capturedCalls)(
    'B4: $name once more, by the records of its legs, changes nothing',
    async ({ name, callId }) => {
      const before = await call(callId)
      for (const { url, body } of capturedPosts(name)) {
        const uuid = new URL(url, hub.url).searchParams.get('uuid')!
        expect((await post(JSON.stringify(body), { uuid })).status).toBe(202)
      }
      await applied()
      expect(await call(callId)).toEqual(before)
    },
  )

  it.each(capturedCalls)(
    'B4: $name as another call, of which only the records come',
    async ({ name, callId, state, byRecords }) => {
      const answers: number[] = []
      for (const { body } of capturedPosts(name)) {
        // FreeSWITCH's own way, unless it is told otherwise.
        const form = `cdr=${encodeURIComponent(JSON.stringify(again(body, '9')))}`
        const answer = await post(form, { type: 'application/x-www-form-urlencoded' })
        answers.push(answer.status)
      }
      expect(answers.every(status => status === 202)).toBe(true)
      await applied()
      const id = again(callId, '9')
      expect(await call(id)).toMatchObject(shownHere(again({ ...state, ...byRecords }, '9'), id))
    },
  )

  it('F1: is joined with its customer, and the agent sees the number masked', async () => {
    const { callId } = capturedCalls[0]!
    expect(await call(callId)).toMatchObject({ customer: { name: '王伟' }, agent: { extension: '1001' } })
  })
})

it('A10: a record from a stranger, or that is none, is refused', async () => {
  const { body } = capturedPosts('in-answered')[0]!
  expect((await post(JSON.stringify(body), { secret: 'guessed it' })).status).toBe(401)
  expect((await post('{"variables":{"uuid":"13812345678 13912345678"}}')).status).toBe(400)
  const said = await (await post('cdr=13812345678')).text()
  expect(said).not.toContain('13812345678')
})

describe('A10: what no phone system should say', () => {
  const odd = {
    anonymous: 'anonymous',
    star: '*97',
    address: 'sip:alice-13812340000@example.org',
    letters: 'Wang\u0007Wei\u001b[31m13812340000',
    endless: '1'.repeat(300),
    half: '1381234\ud83d',
    nothing: '138\u000012340000',
  }

  it.each(Object.entries(odd))('(%s) is recorded as a call, and not shown as it came', async (name, number) => {
    const id = `odd-${name}`
    server.play({ ...create(id, 'unknown'), 'Caller-Caller-ID-Number': number, 'Caller-Caller-ID-Name': number })
    server.play({
      ...create(id, 'unknown'),
      'Event-Name': 'CHANNEL_HANGUP_COMPLETE',
      'Caller-Caller-ID-Number': number,
      'Caller-Channel-Hangup-Time': '1795429001000000',
      'Hangup-Cause': 'NORMAL\u0000CLEARING\ud83d',
    })
    await applied()
    const found = await call(id)
    expect(found).toMatchObject({ status: 'ENDED', direction: 'INBOUND' })
    const said = JSON.stringify(found)
    expect(said).not.toMatch(/12340000|alice|\\u00|1{9}/)
  })

  it('an extension that nobody has is a call of nobody', async () => {
    server.play({
      ...create('nobody', 'unknown'),
      'Call-Direction': 'outbound',
      'Channel-Name': 'sofia/ext/9999@198.51.100.7',
    })
    await applied()
    expect(await call('nobody')).toMatchObject({ agent: null })
  })

  it('a clock that jumps makes no duration negative', async () => {
    server.play({ ...create('jumps'), 'Event-Date-Timestamp': '1795432600000000' })
    server.play({
      ...create('jumps'),
      'Event-Name': 'CHANNEL_HANGUP_COMPLETE',
      'Caller-Channel-Created-Time': '1795432600000000',
      'Caller-Channel-Answered-Time': '1795432700000000',
      'Caller-Channel-Hangup-Time': '1795429000000000',
    })
    await applied()
    const { durationSeconds, talkSeconds, ringSeconds } = await call('jumps')
    for (const seconds of [durationSeconds, talkSeconds, ringSeconds]) expect(seconds ?? 0).toBeGreaterThanOrEqual(0)
  })
})

it('B4: two phone systems at once do not mix', async () => {
  const events = again(capturedEvents('queue') as FsMessage[], '7')
  const others = captured('ami-in-answered').map(
    event => JSON.parse(JSON.stringify(event).replaceAll('pbx1-', 'pbx7-')) as Record<string, string>,
  )
  for (let i = 0; i < Math.max(events.length, others.length); i++) {
    if (events[i]) server.play(events[i]!)
    if (others[i]) ami.send(frameOf(others[i]!))
  }
  const queue = capturedCalls.find(({ name }) => name === 'queue')!
  const answered = asteriskCalls.find(({ file }) => file === 'ami-in-answered')!
  const id = again(queue.callId, '7')
  const other = answered.callId.replace('pbx1-', 'pbx7-')
  const open = new Set([id, other])
  while (open.size > 0) {
    const { call } = (await live.next()).data!.callUpdated
    if (call.status === 'ENDED') open.delete(call.externalId)
  }
  await applied()
  expect(await call(id)).toMatchObject(shownHere(again(queue.state, '7'), id))
  const { startedAt, answeredAt, endedAt, outcome } = answered.state
  expect(await call(other)).toMatchObject({ system: { id: 'pbx1' }, startedAt, answeredAt, endedAt, outcome })
})

describe('C8: a call that the hub places', () => {
  it('is, from the order to the graph, one outbound call of that id, whose agent was shown no number', async () => {
    const callId = 'hub-6b1f2a34-5c6d-4e7f-8a9b-0c1d2e3f4a5b'
    const [placed] = capturedEvents('click2call')
    const shownAs = '138****5678'
    server.registered.add('1001')
    server.ringing = ({ variables }) =>
      JSON.parse(
        JSON.stringify(again(capturedEvents('click2call'), '2'))
          .replaceAll(again(placed!['Unique-ID']!, '2'), variables.origination_uuid!)
          .replaceAll('02161230000', variables.origination_caller_id_number!),
      ) as FsMessage[]
    const dialler = freeswitch.dialler!(connected())!
    await dialler.place({ callId, extension: '1001', number: '13812345678', shownAs })
    await applied()
    expect(await call(callId)).toMatchObject({
      direction: 'OUTBOUND',
      outcome: 'ANSWERED',
      agent: { extension: '1001' },
      customer: { name: '王伟' },
      customerPhone: { masked: shownAs },
    })
    await dialler.hangUp(callId)
    await expect(dialler.place({ callId, extension: '1009', number: '13812345678', shownAs })).rejects.toThrow(
      'Your phone is not known to the phone system just now: register it, then try again.',
    )
  })
})

describe('B14: a connection that breaks in the middle of a call', () => {
  /** Ends once FreeSWITCH, which has none of its channels left, was asked again, and the call is closed. */
  async function breaksAfter(events: FsMessage[], id: string): Promise<void> {
    server.play(...events)
    await applied()
    const logins = server.count('api show channels')
    server.drop()
    await server.asked('api show channels', logins + 1)
    await seen(id, 'ENDED')
    expect(await call(id)).toMatchObject({ status: 'ENDED', outcome: 'LOST' })
  }

  it('loses nothing once the records are there', async () => {
    const { callId, state } = capturedCalls[0]!
    const events = again(capturedEvents('in-answered') as FsMessage[], '5')
    const id = again(callId, '5')
    await breaksAfter(events.slice(0, 5), id)
    for (const { body } of capturedPosts('in-answered')) await post(JSON.stringify(again(body, '5')))
    await applied()
    expect(await call(id)).toMatchObject(shownHere(again(state, '5'), id))
  })

  it('is healed by what lies in the folder of records, read into the inbox as the hub does', async () => {
    const { callId, state } = capturedCalls[3]!
    const events = again(capturedEvents('queue') as FsMessage[], '3')
    const id = again(callId, '3')
    await breaksAfter(events.slice(0, 14), id)
    folder.leave('queue', body => again(body, '3'))
    const source = freeswitch.backfill!(connected())!
    const read = async () => {
      const stored: { stored: number; duplicates: number }[] = []
      const found = await source.read(
        { from: new Date('2026-11-23T10:20:00Z'), to: new Date('2026-11-23T10:21:00Z') },
        {
          store: async deliveries => void stored.push(await hub.inbox.store('fs1', deliveries, hub.clock.now())),
          progress: () => undefined,
        },
        new AbortController().signal,
      )
      return { ...found, stored }
    }
    expect(await read()).toEqual({ records: 3, unreadable: 0, stored: [{ stored: 3, duplicates: 0 }] })
    await applied()
    // The queue's own word for the moment went by unheard: a record tells 40 ms later of it.
    const answeredAt = capturedCalls[3]!.byRecords.answeredAt
    const healed = await call(id)
    expect(healed).toMatchObject(shownHere(again({ ...state, answeredAt }, '3'), id))
    // A second reading, and the posts that FreeSWITCH makes up for, count no more.
    expect(await read()).toEqual({ records: 3, unreadable: 0, stored: [{ stored: 0, duplicates: 3 }] })
    for (const { body } of capturedPosts('queue')) {
      const answer = await post(JSON.stringify(again(body, '3')))
      expect(await answer.json()).toEqual({ stored: 0, duplicate: true })
    }
    await applied()
    expect(await call(id)).toEqual(healed)
  })
})

it('C4: no number of a caller, and no password, stands in the log or the metrics', async () => {
  const metrics = await (await fetch(`${hub.url}/metrics`)).text()
  const said = [...logged, metrics].join('\n')
  expect(said).toContain('fs1')
  for (const number of ['13812345678', '13600003333', '13700002222', '13900001111']) expect(said).not.toContain(number)
  for (const secret of [server.password, SECRET]) expect(said).not.toContain(secret)
})
