import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandboxCustomers } from '../book/customers.js'
import { defaultSeed } from '../startSandbox.js'
import { secrets, startWorld, type World } from '../testing/world.js'
import type { CallEvent } from './event.js'

let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.stop())

const ring = (body: object) =>
  world.pbx<{ callId: string; agentId: string; error?: string }>('POST', '/control/call', body)
const of = (callId: string) => world.events().filter(event => event.callId === callId)
const types = (events: CallEvent[]) => events.map(({ type }) => type.replace('call.', '')).join(' ')

test('a chosen customer rings a chosen agent, talks and is gone', async () => {
  const customer = sandboxCustomers(defaultSeed, world.clock.now()).find(({ id }) => id === 'cus-0003')!
  const { status, body } = await ring({
    customerId: 'cus-0003',
    agentId: 'agent-south-1',
    ringSeconds: 5,
    talkSeconds: 20,
    rating: 5,
  })
  expect(status).toBe(201)
  await world.pass(40)
  const events = of(body.callId)
  expect(types(events)).toBe(
    'started ringing answered connected consent leg_ended leg_ended ended summary recording feedback',
  )
  expect(events[0]).toMatchObject({ direction: 'inbound', from: customer.phone, to: '2001', line: 'trunk-telecom' })
  expect(events[1]).toMatchObject({ extension: '2001' })
  expect(events.find(({ type }) => type === 'call.ended')).toMatchObject({ outcome: 'answered', cause: '16' })
  expect(events.find(({ type }) => type === 'call.summary')).toMatchObject({ seconds: 25, talkSeconds: 20 })
  expect(events.at(-1)).toMatchObject({ rating: 5, by: 'customer' })
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  expect((await world.pbx('GET', '/recordings')).body.items).toMatchObject([{ callId: body.callId, seconds: 20 }])
})

test('the ringing is told at once, not after the call', async () => {
  const { body } = await ring({ customerId: 'cus-0003', agentId: 'agent-north-1' })
  await world.pass(1)
  expect(types(of(body.callId))).toBe('started ringing')
  expect((await world.pbx('GET', '/control/state')).body).toMatchObject({
    live: [{ id: body.callId, state: 'ringing', extension: '1001' }],
  })
})

test('a queue call waits, is offered, held and handed over', async () => {
  const { body } = await ring({
    number: '13900001111',
    agentId: 'agent-north-1',
    queue: 'sales',
    talkSeconds: 30,
    hold: { afterSeconds: 2, seconds: 3 },
    transfer: { afterSeconds: 10, to: '2002' },
  })
  await world.pass(70)
  const events = of(body.callId)
  expect(types(events)).toBe(
    'started queued ringing answered connected consent held resumed transferred leg_ended ringing answered connected leg_ended leg_ended ended summary recording',
  )
  expect(events.filter(({ type }) => type === 'call.ringing').map(({ extension }) => extension)).toEqual([
    '1001',
    '2002',
  ])
  const handedOver = events.find(({ type }) => type === 'call.transferred')!
  expect(events.filter(({ type }) => type === 'call.connected').map(({ legId }) => legId)).toEqual([
    handedOver.legId,
    handedOver.toLegId,
  ])
})

test('unanswered and busy calls end as such', async () => {
  const outcomes = { no_answer: '19', busy: '17', abandoned: '16' }
  for (const [outcome, cause] of Object.entries(outcomes)) {
    const { body } = await ring({ number: '13900001111', agentId: 'agent-north-1', outcome, ringSeconds: 4 })
    await world.pass(8)
    expect(of(body.callId).find(({ type }) => type === 'call.ended')).toMatchObject({ outcome, cause })
    expect(types(of(body.callId))).not.toContain('connected')
  }
})

test('one call at a time: a second chosen call is refused, traffic makes way', async () => {
  await ring({ agentId: 'agent-north-1', number: '13900001111' })
  expect(await ring({ agentId: 'agent-north-1', number: '13900002222' })).toMatchObject({
    status: 409,
    body: { error: 'agent_busy' },
  })
  await world.pbx('POST', '/control/traffic', { on: true, perMinute: 200 })
  await world.pass(20)
  expect((await ring({ agentId: 'agent-south-2', number: '13900003333' })).status).toBe(201)
})

test('a caller waits while everybody of the queue talks, and gives up in the end', async () => {
  for (const agentId of ['agent-south-1', 'agent-south-2'])
    await ring({ agentId, number: '13900001111', talkSeconds: 300 })
  const { body } = await ring({ queue: 'service', number: '13900002222' })
  await world.pass(70)
  expect(types(of(body.callId))).toBe('started queued leg_ended ended summary')
  expect(of(body.callId).at(-1)).toMatchObject({ outcome: 'abandoned', seconds: 60, talkSeconds: 0 })
})

test('a waiting caller is offered to the first agent who hangs up', async () => {
  await ring({ agentId: 'agent-south-1', number: '13900001111', talkSeconds: 300 })
  await ring({ agentId: 'agent-south-2', number: '13900001112', ringSeconds: 2, talkSeconds: 10 })
  const { body } = await ring({ queue: 'service', number: '13900002222' })
  await world.pass(20)
  expect(of(body.callId).find(({ type }) => type === 'call.ringing')).toMatchObject({ extension: '2002' })
})

test('originate rings the agent, then dials, and repeats nothing', async () => {
  const input = { extension: '2001', number: '13900004444', callId: 'my-call' }
  expect(await world.pbx('POST', '/originate', input)).toMatchObject({ status: 201, body: { callId: 'my-call' } })
  expect(await world.pbx('POST', '/originate', input)).toMatchObject({ status: 200 })
  await world.pass(1)
  expect(of('my-call')).toMatchObject([
    { type: 'call.started', direction: 'outbound', from: '2001', to: '13900004444', extension: '2001' },
    { type: 'call.ringing', extension: '2001' },
  ])
  await world.pass(100)
  expect(types(of('my-call'))).toMatch(/^started ringing answered dialing .*ended summary/)
  expect((await world.pbx('POST', '/originate', input)).status).toBe(200)
  expect(await world.pbx('POST', '/originate', { ...input, callId: 'other', extension: '9999' })).toMatchObject({
    status: 404,
    body: { error: 'no_such_extension' },
  })
})

test("an agent's telephone shows what it is told to show, and never the number behind it", async () => {
  const input = { extension: '2001', number: '13900004444', callId: 'hidden', shownAs: '139****4444' }
  await world.pbx('POST', '/originate', input)
  const { body } = await world.pbx<{ agents: { extension: string; display: string | null }[] }>('GET', '/control/state')
  expect(body.agents.map(({ extension, display }) => [extension, display])).toEqual([
    ['1001', null],
    ['1002', null],
    ['2001', '139****4444'],
    ['2002', null],
  ])
})

test('who has talked writes it down for a while, and says so', async () => {
  await ring({ agentId: 'agent-north-1', number: '13900001111', ringSeconds: 2, talkSeconds: 10 })
  await world.pass(40)
  const [first, second] = world.agentEvents()
  expect(first).toMatchObject({ extension: '1001', state: 'wrap_up', until: second!.at })
  expect(second).toMatchObject({ extension: '1001', state: 'available' })
})

test('it remembers calls with all that it told of them, and has their recordings', async () => {
  const since = world.clock.now().toISOString()
  const { body } = await ring({ agentId: 'agent-north-1', number: '13900001111', ringSeconds: 2, talkSeconds: 3 })
  await world.pass(10)
  const until = world.clock.now().toISOString()
  await ring({ agentId: 'agent-south-1', number: '13900001112' })
  const calls = (query: string) =>
    world
      .pbx<{ items: { id: string; events: CallEvent[] }[] }>('GET', `/calls${query}`)
      .then(answer => answer.body.items)
  const remembered = await calls(`?since=${since}&until=${until}`)
  expect(remembered.map(({ id }) => id)).toEqual([body.callId])
  expect(remembered[0]!.events).toEqual(of(body.callId))
  expect(await calls('')).toHaveLength(2)
  const sound = await fetch(`${world.sandbox.pbxUrl}/recordings/${body.callId}`, {
    headers: { authorization: `Bearer ${secrets.pbx}` },
  })
  expect([sound.headers.get('content-type'), sound.headers.get('content-length')]).toEqual(['audio/wav', '24044'])
  expect(Buffer.from(await sound.arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF')
})

test('hanging up ends a call at once', async () => {
  const { body } = await ring({ agentId: 'agent-north-2', number: '13900001111' })
  await world.pass(2)
  expect((await world.pbx('POST', `/calls/${body.callId}/hangup`)).status).toBe(204)
  await world.pass(1)
  expect(types(of(body.callId))).toBe('started ringing leg_ended leg_ended ended summary')
  expect((await world.pbx('POST', `/calls/${body.callId}/hangup`)).status).toBe(404)
})

test('it lists contacts, extensions, queues, trunks and past calls', async () => {
  const { body } = await world.pbx<{ items: { name: string; phone: string }[] }>('GET', '/contacts?limit=200')
  expect(body.items.length).toBeGreaterThan(60)
  expect(body.items.some(({ phone }) => phone.startsWith('+86 '))).toBe(true)
  expect((await world.pbx('GET', '/extensions')).body.items).toHaveLength(4)
  expect((await world.pbx('GET', '/queues')).body.items).toMatchObject([{ name: 'sales' }, { name: 'service' }])
  expect((await world.pbx('GET', '/trunks')).body.items).toHaveLength(2)
  expect((await world.pbx('GET', '/calls')).body).toEqual({ items: [], nextCursor: null })
  expect((await ring({ customerId: 'cus-none' })).status).toBe(404)
})

test('a call goes on where it was after a restart, and no event is told twice', async () => {
  const { body } = await ring({ agentId: 'agent-north-1', number: '13900001111', ringSeconds: 3, talkSeconds: 10 })
  await world.pass(5)
  await world.restart()
  await world.pass(20)
  const events = of(body.callId)
  expect(types(events)).toContain('ended summary')
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
})

test('events of the time in which the hub was away arrive afterwards, also over a restart', async () => {
  world.hub.status = () => 503
  const { body } = await ring({ agentId: 'agent-north-1', number: '13900001111', ringSeconds: 3, talkSeconds: 5 })
  await world.pass(20)
  expect(world.events()).toEqual([])
  await world.restart()
  world.hub.status = () => 202
  await world.pass(60)
  expect(types(of(body.callId))).toContain('started ringing answered connected')
})
