import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Session } from '../../connectors/freeswitch/session.js'
import { settingsOf } from '../../connectors/freeswitch/settings.js'
import { FreeSwitchServer, type FsMessage } from '../kit/freeswitchServer.js'
import { fs1 } from './freeswitchCaptures.js'
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
