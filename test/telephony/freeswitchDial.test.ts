import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FreeSwitchDialler } from '../../connectors/freeswitch/dialler.js'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import { settingsOf } from '../../connectors/freeswitch/settings.js'
import { HubError } from '../../kernel/errors.js'
import type { DialOrder } from '../../kernel/ports/index.js'
import { FreeSwitchServer, type FsMessage, type FsOrder } from '../kit/freeswitchServer.js'
import { callsOf, capturedEvents, capturedPosts, fs1, payloadOf } from './freeswitchCaptures.js'
import { ManualTime, until } from './surroundings.js'

const order: DialOrder = {
  callId: 'hub-0cc20c55-7309-4a50-bbbe-85b903db0e65',
  extension: '1002',
  number: '13700001234',
  shownAs: '137****1234',
}

let server: FreeSwitchServer
let time: ManualTime
beforeEach(async () => {
  server = await FreeSwitchServer.start()
  server.registered.add('1002')
  time = new ManualTime()
})
afterEach(() => server.stop())

const dial = { endpoint: 'user/{extension}@pbx.example', gateway: 'sofia/gateway/carrier-ct/{number}' }
const system = (more: Record<string, unknown> = {}) =>
  fs1({ address: server.address, password: server.password, dial, ...more })
function dialler(more: Record<string, unknown> = {}): FreeSwitchDialler {
  const settings = settingsOf(system(more))
  return new FreeSwitchDialler(settings.eventSocket!, settings.dial!, time)
}

async function refusalOf(placed: Promise<void>): Promise<[string, string]> {
  const error = await placed.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HubError)
  const { code, message } = error as HubError
  expect(message).not.toMatch(/\d{7}|137/)
  return [code, message]
}

describe('C8: a call that is placed', () => {
  it('is taken once the phone rings, and the connection for it is gone', async () => {
    await dialler().place(order)
    await server.connected(0)
    expect(server.orders).toHaveLength(1)
    expect(server.orders[0]).toMatchObject({
      endpoint: 'user/1002@pbx.example',
      variables: { origination_uuid: order.callId, origination_caller_id_number: '137****1234' },
    })
    // Only what is about this order is listened to.
    expect(server.count(`filter Unique-ID ${order.callId}`)).toBe(1)
    expect(server.count('filter Job-UUID ')).toBe(1)
  })

  it('does not wait for somebody to answer: an order that is taken and not refused within three seconds stands', async () => {
    server.ringing = () => []
    const placed = dialler().place(order)
    await server.asked('bgapi')
    await until(() => time.next === 3000)
    time.pass(3000)
    await placed
  })

  it.each([
    ['1003', 'CONFLICT', 'Your phone is not known to the phone system just now: register it, then try again.'],
    ['1002', 'UNAVAILABLE', 'The phone system could not ring your phone (DESTINATION_OUT_OF_ORDER). Tell who runs it.'],
  ])('is refused where FreeSWITCH refuses at once (%s: %s)', async (extension, code, message) => {
    server.channels = [{ uuid: order.callId }]
    if (extension === '1003') server.channels = []
    expect(await refusalOf(dialler().place({ ...order, extension }))).toEqual([code, message])
  })

  it.each([
    [{ orders: 'deny' as const }, {}, 'The phone system does not take orders from the hub: check the rights'],
    [{}, { password: 'another' }, 'The phone system cannot be reached just now. Try again later.'],
    [{ events: 'refuse' as const }, {}, 'The phone system cannot be reached just now. Try again later.'],
  ])('fails in plain words where the hub may not (%j, %j)', async (manners, more, message) => {
    Object.assign(server.manners, manners)
    const [code, said] = await refusalOf(dialler(more).place(order))
    expect(code).toBe('UNAVAILABLE')
    expect(said).toContain(message)
  })

  it('says that it is not known whether it was placed, where no answer comes or the connection breaks before', async () => {
    server.manners.orders = 'ignore'
    const unknown = 'The phone system cannot be reached just now. It is not known whether the call was placed.'
    const late = dialler().place(order)
    await server.asked('bgapi')
    await until(() => time.next !== undefined)
    time.pass(15_000)
    expect((await refusalOf(late))[1]).toContain(unknown)
    const broken = dialler().place(order)
    await server.asked('bgapi', 2)
    server.drop()
    expect((await refusalOf(broken))[1]).toContain(unknown)
  })

  it('goes on where the connection breaks after the order was taken', async () => {
    server.manners.orders = 'only say so'
    const placed = dialler().place(order)
    await server.asked('bgapi')
    await until(() => time.next === 3000)
    server.drop()
    await placed
  })

  it('is not tried with a number, an extension or a mask that could mean something else', async () => {
    for (const odd of [{ number: '137,a=b' }, { extension: '1002} ' }, { shownAs: 'a b' }, { callId: 'x\n\n' }])
      expect((await refusalOf(dialler().place({ ...order, ...odd })))[0]).toBe('BAD_USER_INPUT')
    expect(server.commands).toEqual([])
  })

  it('is not possible where the settings do not say how', () => {
    expect(freeswitch.dialler!(fs1({ address: server.address, password: server.password }))).toBeNull()
    expect(freeswitch.dialler!(system())).toBeInstanceOf(FreeSwitchDialler)
    expect(() => freeswitch.check(fs1({ dial }))).toThrow('dial: needs the address of the event socket')
  })
})

describe('C8: hanging up', () => {
  it('ends the leg with which the call began', async () => {
    await dialler().place(order)
    await dialler().hangUp(order.callId)
    expect(server.channels).toEqual([])
  })

  it('of a call that is over is no error', async () => {
    server.channels = [{ uuid: 'another', call_uuid: 'another' }]
    await dialler().hangUp(order.callId)
    expect(server.channels).toHaveLength(1)
  })

  it('ends what is left of a call whose first leg has gone', async () => {
    server.channels = [
      { uuid: 'left', call_uuid: 'left', direction: 'outbound' },
      { uuid: 'other', call_uuid: 'other', direction: 'outbound' },
    ]
    server.printed.set('uuid_getvar left originator', order.callId)
    await dialler().hangUp(order.callId)
    expect(server.channels.map(({ uuid }) => uuid)).toEqual(['other'])
  })

  it('says so where it cannot', async () => {
    server.lies = 1
    await expect(dialler().hangUp(order.callId)).rejects.toThrow('The phone system cannot be reached just now.')
    await expect(dialler().hangUp('a b')).rejects.toThrow('The id of a call has letters')
  })
})

/** What FreeSWITCH told of a real call that was placed so, in events or in records, as if it were this order. */
function told(
  messages: object[],
  { variables }: FsOrder,
  { callId, extension, number, shownAs }: DialOrder,
): FsMessage[] {
  const text = JSON.stringify(messages)
    .replaceAll('11111111-2222-4333-8444-555555555542', callId)
    .replaceAll('13812345678', number)
    .replaceAll('1001', extension)
    .replaceAll('02161230000', shownAs)
    .replaceAll('"variable_uuid"', `"variable_hub_number":"${variables.hub_number}","variable_uuid"`)
    .replaceAll('"variables":{', `"variables":{"hub_number":"${variables.hub_number}",`)
  return JSON.parse(text) as FsMessage[]
}
const eventsOf = (placed: FsOrder, asked = order) => told(capturedEvents('click2call'), placed, asked)

describe('C8: what FreeSWITCH tells of a call that was placed', () => {
  const orders = fc.record({
    callId: fc.uuid().map(id => `hub-${id}`),
    extension: fc.integer({ min: 1200, max: 1999 }).map(String),
    number: fc.constantFrom('13700001234', '02588880000', '+442071234567', '10086'),
    shownAs: fc.constantFrom('137****1234', '025****0000', '+44****4567'),
  })

  it('is one outbound call with its agent and the number, whatever is heard of it and in any order', async () => {
    await dialler().place(order)
    const placed = server.orders[0]!
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), (asked, dice) => {
        const one: FsOrder = { ...placed, variables: { ...placed.variables, hub_number: asked.number } }
        const events = eventsOf(one, asked).map(payloadOf)
        const posts = capturedPosts('click2call').map(({ body }) => body)
        const records = told(posts, one, asked).map(payloadOf)
        const mixed = [...events, ...records].sort(() => (dice.next().value! % 2) - 0.5)
        for (const heard of [events, records, mixed]) {
          const calls = callsOf(heard)
          expect([...calls.keys()]).toEqual([asked.callId])
          expect(calls.get(asked.callId)).toMatchObject({
            direction: 'OUTBOUND',
            outcome: 'ANSWERED',
            customerNumber: asked.number,
            agentExtension: asked.extension,
          })
        }
      }),
      { numRuns: 30 },
    )
  })

  it('is the same call while it only rings, and when the agent never answers', async () => {
    await dialler().place(order)
    const events = eventsOf(server.orders[0]!)
    const ringing = events.slice(0, 2)
    const expected = { direction: 'OUTBOUND', customerNumber: order.number, agentExtension: '1002' }
    expect(callsOf(ringing.map(payloadOf)).get(order.callId)).toMatchObject({ ...expected, status: 'RINGING' })
    const end: FsMessage = {
      ...ringing[1]!,
      'Event-Name': 'CHANNEL_HANGUP_COMPLETE',
      'Event-Sequence': '9999',
      'Hangup-Cause': 'NO_ANSWER',
      'Caller-Channel-Hangup-Time': '1795429220000000',
    }
    const call = callsOf([...ringing, end].map(payloadOf)).get(order.callId)!
    expect(call).toMatchObject({ ...expected, status: 'ENDED', outcome: 'NO_ANSWER', answeredAt: undefined })
    expect(call.legs).toHaveLength(1)
    expect(call.legs[0]).toMatchObject({ id: order.callId, extension: '1002', number: undefined })
  })

  it('names the number as the hub does, whatever the carrier wants in front of it', async () => {
    await dialler().place(order)
    const events = eventsOf(server.orders[0]!)
    const prefixed = JSON.parse(
      JSON.stringify(events).replaceAll(`sofia/ext/${order.number}`, 'sofia/ext/9137'),
    ) as FsMessage[]
    expect(callsOf(prefixed.map(payloadOf)).get(order.callId)!.customerNumber).toBe(order.number)
  })
})

describe('Calls that go on now', () => {
  const now = () => freeswitch.callsNow!(system())!

  it('are told by their channels, each of the call that it is of', async () => {
    server.channels = [
      { uuid: 'a', call_uuid: 'a', direction: 'inbound' },
      { uuid: 'a2', call_uuid: 'a', direction: 'outbound' },
      { uuid: 'placed', call_uuid: 'placed', direction: 'outbound' },
      { uuid: 'agent', call_uuid: 'agent', direction: 'outbound' },
      { uuid: 'left', call_uuid: '', direction: 'outbound' },
    ]
    server.printed.set('uuid_getvar agent cc_member_session_uuid', 'waiting')
    server.printed.set('uuid_getvar left originator', 'gone')
    expect(await now()).toEqual(new Set(['a', 'placed', 'waiting', 'gone']))
    await server.connected(0)
  })

  it('are none where there are none', async () => {
    expect(await now()).toEqual(new Set())
  })

  it('are not told where it cannot be sure', async () => {
    server.lies = 1
    await expect(now()).rejects.toThrow('FreeSWITCH did not list its channels to the end.')
    const away = system()
    await server.stop()
    await expect(freeswitch.callsNow!(away)!).rejects.toThrow('nothing listens at its address')
    server = await FreeSwitchServer.start()
  })

  it('cannot be asked for without an event socket', () => {
    expect(freeswitch.callsNow!(fs1())).toBeNull()
  })
})
