import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Session } from '../../connectors/asterisk/session.js'
import { settingsOf } from '../../connectors/asterisk/settings.js'
import { type AmiMessage, AmiServer } from '../kit/amiServer.js'
import { pbx } from './captures.js'
import { ManualTime, Store, until } from './surroundings.js'

let ami: AmiServer
let time: ManualTime
let store: Store
let session: Session

beforeEach(async () => {
  ami = await AmiServer.start()
  time = new ManualTime()
  store = new Store()
  session = sessionWith()
})
afterEach(async () => {
  await session.stop()
  await ami.stop()
})

const sessionWith = (more: Record<string, unknown> = {}) =>
  new Session(
    settingsOf(pbx({ host: '127.0.0.1', port: ami.port, username: ami.username, secret: ami.secret, ...more })),
    store,
    time,
  )

const lastTold = () => store.told.at(-1)
const newchannel = (n: number): AmiMessage => ({
  Event: 'Newchannel',
  Timestamp: `1795428000.${String(n).padStart(6, '0')}`,
  Channel: 'PJSIP/trunk-ct-00000001',
  ChannelState: '4',
  CallerIDNum: '13812345678',
  Uniqueid: `pbx1-1.${n}`,
  Linkedid: `pbx1-1.${n}`,
})

async function up(): Promise<void> {
  session.start()
  await ami.asked('QueueStatus')
}

describe('A server that lies or stalls', () => {
  it('and never greets is given up after ten seconds, and tried again', async () => {
    ami.manners.banner = null
    session.start()
    await ami.connected(1)
    time.pass(9_999)
    expect(store.told).toEqual([])
    time.pass(1)
    expect(store.told).toEqual(['DOWN: it did not answer the login within 10 s'])
    ami.manners.banner = 'Asterisk Call Manager/11.0.0'
    time.pass(500)
    await until(() => lastTold() === 'UP')
  })

  it('and is no manager interface is never told the secret', async () => {
    for (const banner of ['SSH-2.0-OpenSSH_9.2', 'HTTP/1.1 400 Bad Request', '', 'asterisk', '\u0000\u0001']) {
      ami.manners.banner = banner
      const one = sessionWith()
      store.told.length = 0
      one.start()
      await until(() => store.told.length > 0)
      await one.stop()
      expect(store.told).toEqual(['DOWN: it does not greet as an Asterisk manager interface'])
    }
    expect(ami.actions).toEqual([])
  })

  it('and leaves the login unanswered is given up', async () => {
    ami.manners.login = 'ignore'
    session.start()
    await ami.asked('Login')
    time.pass(10_000)
    expect(lastTold()).toBe('DOWN: it did not answer the login within 10 s')
  })

  it('and refuses the login is asked again less and less often, not in a storm', async () => {
    ami.manners.login = 'refuse'
    session.start()
    const waits: number[] = []
    for (let i = 1; i <= 9; i++) {
      await ami.asked('Login', i)
      await ami.connected(0)
      await until(() => time.next !== undefined && time.next !== 10_000)
      waits.push(time.next!)
      time.pass(time.next!)
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
    expect(store.told).toEqual(['DOWN: it refused the login; check username and secret'])
  })

  it('and falls silent is found out by a ping', async () => {
    await up()
    time.pass(15_000)
    await ami.asked('Ping')
    ami.manners.pings = 'ignore'
    await until(() => time.next === 15_000)
    time.pass(15_000)
    await ami.asked('Ping', 2)
    time.pass(10_000)
    expect(lastTold()).toBe('DOWN: it did not answer a ping within 10 s')
  })

  it('and answers a ping has told all that it had to tell when it was asked', async () => {
    await up()
    const asked = new Date(time.clock.now().getTime() + 15_000)
    time.pass(15_000)
    time.clock.advance({ seconds: 3 })
    await until(() => store.completeUntil !== undefined)
    expect(store.completeUntil).toEqual(asked)
  })

  it('and sends a line or a message without end is cut off before it fills the memory', async () => {
    for (const [bytes, reason] of [
      ['x'.repeat(17_000), 'it sent a line of more than 16 KiB'],
      [`${'a: b\r\n'.repeat(20_000)}`, 'it sent a message of more than 64 KiB'],
    ] as const) {
      const logins = ami.actions.filter(({ Action }) => Action === 'QueueStatus').length
      const one = sessionWith()
      one.start()
      await ami.asked('QueueStatus', logins + 1)
      ami.send(bytes)
      await until(() => lastTold()?.startsWith('DOWN') ?? false)
      expect(lastTold()).toBe(`DOWN: ${reason}`)
      await one.stop()
    }
  })

  it('and names calls with headers of any name harms nobody', async () => {
    await up()
    ami.send('__proto__: polluted\r\nEvent: Newchannel\r\nconstructor: x\r\n\r\n')
    ami.send('Event: __proto__\r\nUniqueid: 1\r\nLinkedid: 1\r\nTimestamp: 1.0\r\n\r\n')
    ami.play(newchannel(1))
    await until(() => store.kept.length === 1)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('and lists fewer channels than it says proves nothing about those that are missing', async () => {
    await up()
    ami.play(newchannel(1))
    await until(() => store.kept.length === 1)
    ami.lies = 1
    ami.drop()
    await until(() => lastTold()?.startsWith('DOWN') ?? false)
    time.pass(500)
    await ami.asked('QueueStatus', 2)
    expect(store.kept.filter(event => event.includes('CallLost'))).toEqual([])
    ami.lies = 0
    ami.drop()
    await until(() => lastTold()?.startsWith('DOWN') ?? false)
    time.pass(500)
    await ami.asked('QueueStatus', 3)
    await until(() => store.kept.length === 2)
    expect(store.kept[1]).toContain('CallLost')
  })
})

describe('People at their phones', () => {
  const member = (Status: string): AmiMessage => ({
    Event: 'QueueMemberStatus',
    Timestamp: '1795428000.000001',
    Queue: 'sales',
    Interface: 'PJSIP/1001',
    Status,
    Paused: '0',
  })

  it('are listed after each login, and told of when something changed, not with every call', async () => {
    const { Interface: Location, Timestamp: _, ...listed } = member('1')
    ami.queueEntries = [{ ...listed, Event: 'QueueMember', Location: Location! }]
    await up()
    await until(() => store.kept.length === 1)
    ami.play(member('1'), member('6'), member('2'), member('5'), member('1'), newchannel(1))
    await until(() => store.kept.length === 4)
    expect(store.kept.map(event => (JSON.parse(event) as AmiMessage).Status)).toEqual(['1', '5', '1', undefined])
    ami.drop()
    await until(() => lastTold()?.startsWith('DOWN') ?? false)
    time.pass(500)
    await until(() => store.kept.some((event, i) => i >= 4 && event.includes('QueueMember')))
  })
})

describe('Calls that the hub knows from before it began', () => {
  it('are closed as lost where nothing is left of them, also when the hub cannot say at once which there are', async () => {
    store.open = ['pbx1-1.1', 'pbx1-1.2']
    store.refuses = true
    ami.channels = [{ ...newchannel(2), Event: 'CoreShowChannel' }]
    session.start()
    await until(() => time.next === 1000)
    store.refuses = false
    time.pass(1000)
    await until(() => store.kept.length === 2)
    expect(store.kept.map(event => JSON.parse(event) as AmiMessage)).toEqual([
      expect.objectContaining({ Event: 'CoreShowChannel', Uniqueid: 'pbx1-1.2' }),
      expect.objectContaining({ Event: 'CallLost', Linkedid: 'pbx1-1.1' }),
    ])
  })
})

describe('Events that cannot be stored', () => {
  it('are kept in their order and offered again, none lost, none twice', async () => {
    await up()
    store.refuses = true
    ami.play(...Array.from({ length: 700 }, (_, i) => newchannel(i)))
    await until(() => store.tries === 1)
    await until(() => time.next !== 15_000)
    time.pass(500)
    await until(() => store.tries === 2)
    store.refuses = false
    await until(() => (time.next ?? 15_000) < 15_000)
    time.pass(1000)
    await until(() => store.kept.length === 700)
    const order = store.kept.map(event => (JSON.parse(event) as AmiMessage).Uniqueid)
    expect(order).toEqual(Array.from({ length: 700 }, (_, i) => `pbx1-1.${i}`))
  })

  it('hold the server back instead of filling the memory, until they can', async () => {
    await up()
    store.refuses = true
    ami.play(...Array.from({ length: 2500 }, (_, i) => newchannel(i)))
    await until(() => time.sockets.at(-1)!.isPaused())
    store.refuses = false
    // Nobody waits for an answer to a ping that could not be read.
    time.pass(60_000)
    await until(() => store.kept.length >= 2500)
    expect(new Set(store.kept).size).toBe(2500)
    expect(lastTold()).toBe('UP')
    expect(time.sockets.at(-1)!.isPaused()).toBe(false)
  })

  it('are tried once more when the hub stops', async () => {
    await up()
    store.refuses = true
    ami.play(newchannel(1))
    await until(() => store.tries === 1)
    store.refuses = false
    await session.stop()
    expect(store.kept).toHaveLength(1)
    await ami.connected(0)
  })
})

describe('A server that is not there', () => {
  it('is told of in words that name what to look at', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as { port: number }
    closed.close()
    await once(closed, 'close')
    const one = sessionWith({ port })
    one.start()
    await until(() => store.told.length > 0)
    expect(store.told).toEqual(['DOWN: nothing listens at its address'])
    await one.stop()
  })
})
