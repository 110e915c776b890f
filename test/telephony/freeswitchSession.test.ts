import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import { Session } from '../../connectors/freeswitch/session.js'
import { settingsOf } from '../../connectors/freeswitch/settings.js'
import { capturedCalls } from '../fixtures/freeswitch/expected.js'
import { eventFrame, FreeSwitchServer, type FsMessage } from '../kit/freeswitchServer.js'
import { callsOf, capturedEvents, fs1, RecordFolder } from './freeswitchCaptures.js'
import { ManualTime, Store, until } from './surroundings.js'

const LISTED = 'api show channels as json'

let server: FreeSwitchServer
let time: ManualTime
let store: Store
let session: Session

beforeEach(async () => {
  server = await FreeSwitchServer.start()
  time = new ManualTime()
  store = new Store()
  session = sessionWith()
})
afterEach(async () => {
  await session.stop()
  await server.stop()
})

function sessionWith(more: Record<string, unknown> = {}): Session {
  const settings = settingsOf(fs1({ address: server.address, password: server.password, ...more }))
  return new Session(settings, settings.eventSocket!, store, time)
}

const lastTold = () => store.told.at(-1)
const down = () => until(() => lastTold()?.startsWith('DOWN') ?? false)
const kept = () => store.kept.map(event => JSON.parse(event) as FsMessage)
const lost = () => kept().filter(event => event['Event-Name'] === 'HUB_CALL_LOST')

async function up(): Promise<void> {
  session.start()
  await server.asked(LISTED)
}

let sequence = 0
const create = (id: string, more: FsMessage = {}): FsMessage => ({
  'Event-Name': 'CHANNEL_CREATE',
  'Core-UUID': 'core',
  'Event-Sequence': String(++sequence),
  'Event-Date-Timestamp': '1795429135249441',
  'Channel-Name': 'sofia/ext/13812345678@198.51.100.7',
  'Call-Direction': 'inbound',
  'Caller-Caller-ID-Number': '13812345678',
  'Unique-ID': id,
  ...more,
})

describe('An event socket that lies or stalls', () => {
  it('and never greets is given up after ten seconds, and tried again', async () => {
    server.manners.greeting = null
    session.start()
    await server.connected(1)
    time.pass(10_000)
    expect(store.told).toEqual(['DOWN: it did not answer the login within 10 s'])
    server.manners.greeting = 'Content-Type: auth/request\n\n'
    time.pass(500)
    await until(() => lastTold() === 'UP')
  })

  it('and is none is never told the password', async () => {
    for (const greeting of [
      'HTTP/1.1 400 Bad Request\n\n',
      'Asterisk: Call Manager\n\n',
      'Content-Type: text/html\n\n',
    ]) {
      server.manners.greeting = greeting
      const one = sessionWith()
      store.told.length = 0
      one.start()
      await until(() => store.told.length > 0)
      await one.stop()
      expect(store.told).toEqual(['DOWN: it does not greet as an event socket of FreeSWITCH'])
    }
    expect(server.commands).toEqual([])
  })

  it.each([
    [{ password: 'another' }, {}, 'it refused the login; check the password of event_socket.conf.xml'],
    [{}, { events: 'refuse' as const }, 'it does not tell its events; check the rights of its event socket'],
    [
      {},
      { greeting: 'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n' },
      'it refuses connections from here; check apply-inbound-acl in event_socket.conf.xml',
    ],
  ])('and refuses says why (%j, %j)', async (settings, manners, reason) => {
    Object.assign(server.manners, manners)
    const one = sessionWith(settings)
    one.start()
    await until(() => store.told.length > 0)
    await one.stop()
    expect(store.told).toEqual([`DOWN: ${reason}`])
  })

  it('and falls silent is found out by a ping', async () => {
    await up()
    time.pass(15_000)
    await server.asked('api echo')
    server.manners.pings = 'ignore'
    await until(() => time.next === 15_000)
    time.pass(15_000)
    await server.asked('api echo', 2)
    time.pass(10_000)
    expect(lastTold()).toBe('DOWN: it did not answer a ping within 10 s')
  })

  it.each([
    ['headers without end', 'x'.repeat(17_000), 'it sent headers of more than 16 KiB'],
    ['a body without end', 'Content-Length: 1000000000\n\n', 'it sent a message of more than 16 MiB'],
    ['a length that is none', 'Content-Length: much\n\n', 'it sent a message whose length is no number'],
    [
      'half an event',
      'Content-Type: text/event-json\nContent-Length: 9\n\n{"Event-N',
      'it sent an event that is no JSON',
    ],
    [
      'an event that is longer than it says',
      'Content-Length: 9\nContent-Type: text/event-json\n\n{"Event-Name":"CHANNEL_CREATE"}',
      'it sent an event that is no JSON',
    ],
    [
      'an event that is shorter than it says, so that the next one is taken for a part of it',
      'Content-Length: 90\nContent-Type: text/event-json\n\n{"Event-Name":"CHANNEL_CREATE"}'.repeat(3),
      'it sent an event that is no JSON',
    ],
    ['its farewell', 'Content-Type: text/disconnect-notice\nContent-Length: 4\n\nBye\n', 'it closed the connection'],
  ])('and sends %s costs no more than that connection', async (_, bytes, reason) => {
    await up()
    server.send(bytes)
    await down()
    expect(lastTold()).toBe(`DOWN: ${reason}`)
    time.pass(500)
    await server.asked(LISTED, 2)
    expect(lastTold()).toBe('UP')
  })

  it('and breaks off within an event: the half is gone with its connection, and mixes with nothing of the next', async () => {
    await up()
    const [begun, next] = [eventFrame(create('call-1')), eventFrame(create('call-2'))]
    server.send(begun.subarray(0, begun.length - 9))
    server.drop()
    await down()
    time.pass(500)
    await server.asked(LISTED, 2)
    server.send(next)
    await until(() => store.kept.length === 1)
    expect(kept()[0]).toMatchObject({ 'Unique-ID': 'call-2' })
  })

  it('and sends far more than anybody reads is cut off before it fills the memory', async () => {
    await up()
    const piece = Buffer.alloc(1024 * 1024, 'x')
    const before = process.memoryUsage().rss
    // A thousand of them are a gigabyte; the first is too much.
    let sent = 0
    while (lastTold() === 'UP' && sent < 1000) {
      server.send(piece)
      sent++
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(lastTold()).toBe('DOWN: it sent headers of more than 16 KiB')
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
  })

  it('and says things twice, or in forms that it has not, is understood as far as that goes', async () => {
    await up()
    const twice = JSON.stringify(create('call-1')).replace(
      '{',
      '{"Unique-ID":"call-0","Event-Name":["CHANNEL_CREATE"],',
    )
    const head = 'Content-Length: 5\nContent-Type: text/event-json\n'
    server.send(`${head}Content-Length: ${Buffer.byteLength(twice)}\n\n${twice}`)
    server.play({ ...create('call-2'), 'Channel-Name': ['sofia/ext/1@a', 'b'] as unknown as string })
    server.play({ ...create('call-3'), 'Unique-ID': { a: 1 } as unknown as string })
    server.play(create('call-4'))
    await until(() => store.kept.some(text => text.includes('call-4')))
    expect(kept().map(event => event['Unique-ID'])).toEqual(['call-1', 'call-4'])
  })

  it('and whose clock jumps back ends no call before it began', async () => {
    await up()
    server.play(create('call-1', { 'Event-Date-Timestamp': '1795432600000000' }))
    server.play(create('call-1', { 'Event-Name': 'CHANNEL_HANGUP', 'Event-Date-Timestamp': '1795429000000000' }))
    await until(() => store.kept.length === 2)
    const call = callsOf(store.kept.map(text => Buffer.from(text))).get('call-1')!
    expect(call.status).toBe('ENDED')
    expect(call.durationSeconds).toBeGreaterThanOrEqual(0)
  })

  it('and names things as objects are built harms nobody', async () => {
    await up()
    server.play({ ['__proto__']: 'polluted', 'Event-Name': '__proto__' })
    server.play({ 'Event-Name': 'constructor', 'Unique-ID': 'x', 'Event-Date-Timestamp': '1795429135249441' })
    server.play(create('call-1'))
    await until(() => store.kept.length === 1)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('and whose clock is nowhere is heard no further than it makes sense', async () => {
    await up()
    for (const time of ['0', '-5', 'yesterday', '99999999999999999999', ''])
      server.play(create('call-0', { 'Event-Date-Timestamp': time }))
    server.play(create('call-1'))
    await until(() => store.kept.length === 1)
    expect(kept()[0]).toMatchObject({ 'Unique-ID': 'call-1' })
  })
})

describe('Calls that end while nobody listens', () => {
  it('are closed as lost; those of which a leg is left go on', async () => {
    await up()
    server.play(create('gone'), create('first'), create('second', { variable_originator: 'first' }))
    await until(() => store.kept.length === 3)
    server.channels = [{ uuid: 'second', call_uuid: 'second' }]
    server.drop()
    await down()
    time.pass(500)
    await until(() => lost().length > 0)
    expect(lost().map(event => event['Unique-ID'])).toEqual(['gone'])
  })

  it('and began before the hub did are closed as well, once the hub can say which there are', async () => {
    store.open = ['before', 'still']
    store.refuses = true
    server.channels = [{ uuid: 'another', call_uuid: 'still' }]
    session.start()
    await until(() => time.next === 1000)
    store.refuses = false
    time.pass(1000)
    await until(() => store.kept.length > 0)
    expect(lost().map(event => event['Unique-ID'])).toEqual(['before'])
  })

  it('are not told from a list that was cut short', async () => {
    await up()
    server.play(create('call-1'))
    await until(() => store.kept.length === 1)
    server.lies = 1
    server.drop()
    await down()
    time.pass(500)
    await server.asked(LISTED, 2)
    server.play(create('call-2'))
    await until(() => store.kept.length === 2)
    expect(lost()).toEqual([])
  })
})

describe('People at their phones', () => {
  const said = (subclass: string, more: FsMessage): FsMessage => ({
    'Event-Name': 'CUSTOM',
    'Event-Subclass': subclass,
    'Core-UUID': 'core',
    'Event-Sequence': String(++sequence),
    'Event-Date-Timestamp': '1795429135249441',
    ...more,
  })
  const register = (user: string) => said('sofia::register', { 'from-user': user })

  it('are asked for, and kept for whoever wants to know, though they say nothing of a call', async () => {
    await up()
    expect(server.commands.find(command => command.startsWith('event '))).toMatch(
      / CUSTOM callcenter::info sofia::register sofia::unregister sofia::expire$/,
    )
    const status = { 'CC-Agent': '1001@default', 'CC-Action': 'agent-status-change', 'CC-Agent-Status': 'On Break' }
    server.play(said('callcenter::info', status), said('sofia::expire', { user: '1001' }), register('1002'))
    await until(() => store.kept.length === 3)
    const facts = store.kept.flatMap(text => freeswitch.presence!(fs1(), Buffer.from(text)))
    expect(facts.map(({ extension, aspect, state }) => [extension, aspect, state])).toEqual([
      ['1001', 'WORK', 'AWAY'],
      ['1001', 'DEVICE', 'OFFLINE'],
      ['1002', 'DEVICE', 'AVAILABLE'],
    ])
    expect(store.kept.flatMap(text => freeswitch.normalise(fs1(), Buffer.from(text)))).toEqual([])
  })

  it('register again and again, which is kept once, and once more after it was known otherwise', async () => {
    await up()
    const gone = said('sofia::unregister', { 'from-user': '1001' })
    server.play(register('1001'), register('1001'), register('1002'), register('peer'), gone, register('1001'))
    server.play(create('call-1'))
    await until(() => store.kept.some(text => text.includes('call-1')))
    expect(kept().map(event => event['from-user'])).toEqual(['1001', '1002', '1001', '1001', undefined])
    server.drop()
    await down()
    time.pass(500)
    await server.asked(LISTED, 2)
    server.play(register('1001'))
    await until(() => store.kept.length === 6)
  })
})

describe('People who changed while nobody listened', () => {
  const agents = (...lines: string[]) =>
    ['name|instance_id|uuid|type|contact|status|state|last_status_change', ...lines, '+OK', ''].join('\n')
  const registered = (...users: string[]) =>
    JSON.stringify({ row_count: users.length, rows: users.map(user => ({ reg_user: user, realm: 'pbx.example' })) })
  const facts = () =>
    store.kept
      .flatMap(text => freeswitch.presence!(fs1(), Buffer.from(text)))
      .map(({ extension, aspect, state, at }) => `${extension} ${aspect} ${state} ${at}`)
  const AGENTS = 'api callcenter_config agent list'

  it('are known after each login: agents since when they are what they are, phones as they are now', async () => {
    const now = time.clock.now().toISOString()
    server.printed.set('show registrations as json', registered('1001', '1002', 'peer'))
    server.printed.set(
      'callcenter_config agent list',
      agents(
        '1001@default|single_box||callback|user/1001|On Break|Waiting|1795429135',
        '1002@default|single_box||callback|user/1002|Available|Waiting|0',
        'li|single_box||callback|user/li|Available|Waiting|1795429135',
      ),
    )
    await up()
    await until(() => store.kept.length === 4)
    expect(facts().sort()).toEqual([
      `1001 DEVICE AVAILABLE ${now}`,
      '1001 WORK AWAY 2026-11-23T10:18:55.000Z',
      `1002 DEVICE AVAILABLE ${now}`,
      `1002 WORK AVAILABLE ${now}`,
    ])
    // 1001 has gone since, and 1002 is there as before.
    server.printed.set('show registrations as json', registered('1002'))
    server.printed.delete('callcenter_config agent list')
    server.drop()
    await down()
    time.pass(500)
    await until(() => store.kept.length === 6)
    const later = time.clock.now().toISOString()
    expect(facts().slice(4)).toEqual([`1001 DEVICE OFFLINE ${later}`, `1002 DEVICE AVAILABLE ${later}`])
  })

  it('have as long for their notes after a call as FreeSWITCH says', async () => {
    server.printed.set('callcenter_config agent list', 'name|wrap_up_time\n1002@default|20\n1001@default|0\n+OK\n')
    await up()
    await server.asked(AGENTS)
    server.play(...(capturedEvents('queue') as FsMessage[]), create('call-1'))
    await until(() => store.kept.some(text => text.includes('call-1')))
    const told = store.kept.flatMap(text => freeswitch.presence!(fs1(), Buffer.from(text)))
    expect(told).toMatchObject([
      { extension: '1002', aspect: 'WORK', state: 'WRAP_UP', until: '2026-11-23T10:20:34.000Z' },
    ])
    // What is stored besides still says what it said.
    const queue = capturedCalls.find(({ name }) => name === 'queue')!
    expect(callsOf(store.kept.map(text => Buffer.from(text))).get(queue.callId)).toEqual(queue.state)
  })

  it('are not told from a list that was cut short', async () => {
    server.printed.set('show registrations as json', registered('1001'))
    await up()
    await until(() => store.kept.length === 1)
    server.printed.set('show registrations as json', '{"row_count":2,"rows":[]}')
    server.drop()
    await down()
    time.pass(500)
    await server.asked(AGENTS, 2)
    server.play(create('call-1'))
    await until(() => store.kept.length === 2)
    expect(kept()[1]).toMatchObject({ 'Unique-ID': 'call-1' })
  })
})

describe('What is asked once', () => {
  const system = (more: Record<string, unknown> = {}) =>
    fs1({ address: server.address, password: server.password, ...more })

  it('what there is: product, trunks, extensions and queues; what is not loaded has none', async () => {
    server.printed.set('version', 'FreeSWITCH Version 1.10.12-release (git a88d069 64bit)\n')
    server.printed.set('sofia xmlstatus', '<profiles><gateway>\n<name>carrier-ct</name>\n</gateway></profiles>')
    server.printed.set('list_users', 'userid|context|effective_caller_id_name\n1001|default|李静\n\n+OK\n')
    expect(await freeswitch.survey!(system())).toEqual({
      product: 'FreeSWITCH 1.10.12-release',
      trunks: ['carrier-ct'],
      extensions: [{ number: '1001', name: '李静' }],
      queues: [],
    })
    // Nothing but questions.
    expect(
      server.commands.filter(command =>
        /^(?!auth |event |api (version|sofia xmlstatus|list_users|show |callcenter_config (queue|tier) list))/.test(
          command,
        ),
      ),
    ).toEqual([])
    await expect(freeswitch.survey!(fs1())).rejects.toThrow('has no address of its event socket')
  })

  it('whether it can be reached, and its records be read', async () => {
    const folder = new RecordFolder()
    const found = await freeswitch.probe!(system({ backfill: { folder: folder.path } }))
    expect(found).toBe(`logged in at 127.0.0.1:${server.port}; the records in ${folder.path} can be read`)
    folder.remove()
    await expect(freeswitch.probe!(system({ backfill: { folder: folder.path } }))).rejects.toThrow('it does not exist')
    await expect(freeswitch.probe!(system({ password: 'another' }))).rejects.toThrow('it refused the login')
  })

  it('and is never told the wrong way: production refuses what could be read', () => {
    const readable = (more: Record<string, unknown>) => freeswitch.isReadable!(fs1(more))
    const recordings = (url: string) => ({ recordings: { url, pbxFolder: '/rec' } })
    expect(readable({ address: 'tcp://10.0.0.5', password: 'p' })).toBe(true)
    expect(readable(recordings('http://10.0.0.5/rec'))).toBe(true)
    expect(readable({ address: 'tls://10.0.0.5', password: 'p', ...recordings('https://10.0.0.5/rec') })).toBe(false)
    expect(readable({ recordings: { folder: '/rec' } })).toBe(false)
  })
})

it('The end of the hub stores what was heard last', async () => {
  await up()
  store.refuses = true
  server.play(create('call-1'))
  await until(() => store.tries === 1)
  store.refuses = false
  await session.stop()
  expect(store.kept).toHaveLength(1)
  await server.connected(0)
})
