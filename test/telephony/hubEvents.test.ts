import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hubEvents } from '../../connectors/hubEvents/index.js'
import type { HookDelivery, Span, SystemSettings } from '../../kernel/ports/index.js'
import { secrets, startWorld, type World } from '../../sandbox/testing/world.js'
import { PbxServer } from '../kit/pbxServer.js'

const NUMBER = '13800004444'
const systemAt = (address: string | undefined, secret = secrets.pbx): SystemSettings => ({
  id: 'pbx',
  name: 'Any',
  timeZone: 'Asia/Shanghai',
  trunks: [],
  settings: { secret, ...(address !== undefined && { address }) },
})
const order = (callId: string) => ({ callId, extension: '1001', number: NUMBER, shownAs: '138****4444' })
const ignored = new AbortController().signal

/** What a source has of a time, and how far it said it was. */
async function readAll(system: SystemSettings, span: Span) {
  const deliveries: HookDelivery[] = []
  const shares: number[] = []
  const sink = {
    store: async (more: HookDelivery[]) => void deliveries.push(...more),
    progress: (share: number) => void shares.push(share),
  }
  const read = await hubEvents.backfill!(system)!.read(span, sink, ignored)
  return { read, deliveries, shares }
}
const factsOf = (deliveries: HookDelivery[]) =>
  deliveries.flatMap(({ payload }) => hubEvents.normalise(systemAt(undefined), payload))
const reason = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    error => String(error.message),
  )

describe('The protocol of docs/hooks.md, spoken with the sandbox PBX', () => {
  let world: World
  let system: SystemSettings
  beforeAll(async () => {
    world = await startWorld()
    system = systemAt(world.sandbox.pbxUrl)
  })
  afterAll(() => world.stop())

  it('G2: says what answers and what there is', async () => {
    expect(await hubEvents.probe!(system)).toBe('it answers; calls that go on there: 0')
    expect(await hubEvents.survey!(system)).toEqual({
      product: 'Sandbox PBX 1',
      trunks: ['trunk-telecom', 'trunk-unicom'],
      extensions: [
        { number: '1001', name: '王磊' },
        { number: '1002', name: '李婷婷' },
        { number: '2001', name: '陈嘉豪' },
        { number: '2002', name: '黄晓雯' },
      ],
      queues: [
        { name: 'sales', members: ['1001', '1002'] },
        { name: 'service', members: ['2001', '2002'] },
      ],
    })
  })

  it('C8: places a call once however often it is asked, shows the agent what it is told to, and ends it', async () => {
    const dialler = hubEvents.dialler!(system)!
    await dialler.place(order('hub-1'))
    await dialler.place(order('hub-1'))
    expect(await hubEvents.callsNow!(system)).toEqual(new Set(['hub-1']))
    const { body } = await world.pbx<{ agents: object[] }>('GET', '/control/state')
    expect(body.agents[0]).toMatchObject({ extension: '1001', display: '138****4444', callId: 'hub-1' })
    expect(await reason(dialler.place(order('hub-2')))).toBe('Your phone is busy.')
    expect(await reason(dialler.place({ ...order('hub-3'), extension: '9' }))).toBe(
      'The phone system does not know your extension.',
    )
    await dialler.hangUp('hub-1')
    await dialler.hangUp('hub-1')
    expect(await hubEvents.callsNow!(system)).toEqual(new Set())
  })

  it('B14: fills a gap with what was told then, under the same keys, and fetches recordings', async () => {
    await world.pass(1)
    world.hub.status = () => 503
    const from = world.clock.now()
    const { body } = await world.pbx<{ callId: string }>('POST', '/control/call', {
      agentId: 'agent-south-1',
      number: NUMBER,
      ringSeconds: 2,
      talkSeconds: 5,
    })
    await world.pass(15)
    const { read, deliveries, shares } = await readAll(system, { from, to: world.clock.now() })
    expect(read).toEqual({ records: 1, unreadable: 0 })
    expect(shares.at(-1)).toBeLessThanOrEqual(1)
    const facts = factsOf(deliveries)
    expect(facts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['LEG_STARTED', 'RINGING', 'CONNECTED', 'ENDED', 'SUMMARY', 'RECORDING']),
    )
    world.hub.status = () => 202
    await world.pass(60)
    const heard = world.events().filter(({ callId }) => callId === body.callId)
    expect(deliveries.map(({ key }) => key)).toEqual(heard.map(({ id }) => id))
    const { recording } = facts.find(({ kind }) => kind === 'RECORDING')!
    const { audio, ...about } = await hubEvents.recordings!(system)!.fetch(recording!, ignored)
    expect(about).toEqual({ bytes: 40_044, contentType: 'audio/wav' })
    expect(await buffer(audio)).toHaveLength(40_044)
  })

  it('tells what agents are doing besides calls', async () => {
    const [event] = world.agentEvents()
    const payload = Buffer.from(JSON.stringify(event))
    expect(hubEvents.presence!(system, payload)).toEqual([
      {
        key: event!.id,
        extension: event!.extension,
        at: event!.at,
        aspect: 'WORK',
        state: 'WRAP_UP',
        until: event!.until,
      },
    ])
    expect(hubEvents.normalise(system, payload)).toEqual([])
  })

  it('says why not, where the key is wrong', async () => {
    expect(await reason(hubEvents.probe!(systemAt(world.sandbox.pbxUrl, 'another-secret')))).toBe(
      'The phone system cannot be asked: it answered with HTTP 401.',
    )
  })
})

describe('A phone system that can be asked', () => {
  let pbx: PbxServer
  let system: SystemSettings
  beforeAll(async () => {
    pbx = await PbxServer.start()
    system = systemAt(`${pbx.address}/hub/`)
  })
  afterEach(() => pbx.forget())
  afterAll(() => pbx.stop())

  it('is asked below its address, with the secret of the system', async () => {
    await hubEvents.dialler!(system)!.hangUp('a/b c')
    expect(pbx.requests).toMatchObject([
      { method: 'POST', url: '/hub/calls/a%2Fb%20c/hangup', headers: { authorization: 'Bearer key-of-the-pbx' } },
    ])
  })

  it.each(['.', '..'])('does not go where an id of a call such as %s would lead it', async callId => {
    expect(await reason(hubEvents.dialler!(system)!.hangUp(callId))).toContain('cannot stand in an address')
    expect(pbx.requests).toEqual([])
  })

  it('cannot be asked without an address, and says so', async () => {
    const { dialler, backfill, callsNow, recordings, survey, isReadable } = hubEvents
    const mute = systemAt(undefined)
    expect([dialler, backfill, callsNow, recordings].map(ask => ask!(mute))).toEqual([null, null, null, null])
    expect(await reason(Promise.resolve().then(() => survey!(mute)))).toContain('needs an address')
    expect(
      [undefined, 'https://pbx.example', 'http://127.0.0.1:1', 'http://pbx.example'].map(at =>
        isReadable!(systemAt(at)),
      ),
    ).toEqual([false, false, false, true])
  })

  it.each(['tcp://pbx.example', 'https://a:b@pbx.example', 'https://pbx.example/?x=1', 'nonsense'])(
    'is not at %s',
    address => {
      expect(() => hubEvents.check(systemAt(address))).toThrow('must be an http:// or https:// address')
    },
  )

  it('C8: that sends the hub elsewhere is not followed: the secret and the number would go there', async () => {
    pbx.answer = () => response => response.writeHead(307, { location: `${pbx.address}/elsewhere` }).end()
    expect(await reason(hubEvents.dialler!(system)!.place(order('hub-1')))).toContain('sends the hub elsewhere')
    expect(pbx.requests).toHaveLength(1)
  })

  it('that is not there, breaks off or answers nonsense is named, and nothing it says is repeated', async () => {
    const { place } = hubEvents.dialler!(system)!
    pbx.answer = () => response => response.destroy()
    expect(await reason(place(order('hub-1')))).toContain('cannot be asked')
    pbx.answer = () => ({ status: 418, json: { error: NUMBER } })
    expect(await reason(place(order('hub-1')))).toBe('The phone system cannot be asked: it answered with HTTP 418.')
    const gone = await PbxServer.start()
    const { address } = gone
    await gone.stop()
    expect(await reason(hubEvents.dialler!(systemAt(address))!.place(order('hub-1')))).toBe(
      'The phone system cannot be asked: nothing listens at its address.',
    )
    pbx.answer = () => response => response.writeHead(200).end(`<html>${NUMBER}`)
    expect(await reason(hubEvents.callsNow!(system)!)).toContain('is not what the protocol says')
    pbx.answer = () => ({ status: 200, json: { items: [{ name: NUMBER }] } })
    expect(await reason(hubEvents.callsNow!(system)!)).toContain('is not what the protocol says')
  })

  it('whose lists come to no end, or are larger than anything it could have, is left', async () => {
    pbx.answer = () => ({ status: 200, json: { items: [{ id: 'c' }], nextCursor: 'again' } })
    expect(await reason(hubEvents.callsNow!(system)!)).toContain('comes to no end')
    expect(pbx.requests.length).toBeLessThan(5)
    pbx.answer = () => response => {
      response.writeHead(200)
      const piece = Buffer.alloc(1024 * 1024, ' ')
      const more = () => void (response.destroyed || response.write(piece, more))
      more()
    }
    expect(await reason(hubEvents.callsNow!(system)!)).toContain('more than the hub reads')
  })

  it('B14: may remember bare records, and what cannot be read is counted and left', async () => {
    const record = {
      id: 'c-1',
      direction: 'inbound',
      from: NUMBER,
      to: '4008001234',
      extension: '1001',
      queue: null,
      startedAt: '2026-11-23T02:00:00.000Z',
      endedAt: '2026-11-23T02:01:00.000Z',
      talkSeconds: 40,
      outcome: 'answered',
    }
    const going = {
      id: 'c-2',
      direction: 'outbound',
      from: '1001',
      to: NUMBER,
      extension: '1001',
      startedAt: record.endedAt,
      endedAt: null,
      outcome: null,
    }
    pbx.answer = ({ url }) => ({
      status: 200,
      json: url.includes('cursor=') ? { items: [going, { id: 'c-3' }] } : { items: [record], nextCursor: 'next' },
    })
    const span = { from: new Date('2026-11-23T02:00:00Z'), to: new Date('2026-11-23T03:00:00Z') }
    const { read, deliveries } = await readAll(system, span)
    expect(pbx.requests[0]!.url).toBe(
      '/hub/calls?since=2026-11-23T02%3A00%3A00.000Z&until=2026-11-23T03%3A00%3A00.000Z&limit=200',
    )
    expect(read).toEqual({ records: 3, unreadable: 1 })
    expect(factsOf(deliveries)).toMatchObject([
      { callId: 'c-1', kind: 'LEG_STARTED', direction: 'INBOUND', from: NUMBER },
      { callId: 'c-1', kind: 'SUMMARY', outcome: 'ANSWERED', seconds: 60, talkSeconds: 40, extension: '1001' },
      { callId: 'c-2', kind: 'LEG_STARTED', direction: 'OUTBOUND', to: NUMBER, extension: '1001' },
    ])
  })

  it('C5: is asked for recordings below its address only', async () => {
    const wav = 'RIFF'.padEnd(100, '.')
    const { fetch } = hubEvents.recordings!(system)!
    for (const where of ['https://evil.example/a.wav', '/../secret.wav', `${pbx.address}/other/a.wav`])
      expect(await reason(fetch(where, ignored)), where).toContain('lies outside')
    expect(pbx.requests).toEqual([])
    pbx.answer = () => response => response.writeHead(200, { 'content-type': 'audio/wav' }).end(wav)
    const { audio } = await fetch(`${pbx.address}/hub/recordings/a%20b.wav`, ignored)
    expect((await buffer(audio)).toString()).toBe(wav)
    expect(pbx.requests[0]!.url).toBe('/hub/recordings/a%20b.wav')
  })
})
