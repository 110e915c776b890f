import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import {
  GiveCallFeedbackDocument,
  HangUpDocument,
  PlaceCallDocument,
} from '../../schema/operations/generated/graphql.js'
import { cursorNow } from '../kit/cursorNow.js'
import { givenCustomers } from '../kit/factories.js'
import { type PbxAnswer, type PbxRequest, PbxServer } from '../kit/pbxServer.js'
import { startHub, type TestHub } from '../kit/startHub.js'
import { encodings } from './encodings.js'

const NUMBERS = ['13871652938', '02158739164', '+12025550173']
const LIVE = `subscription($after: Cursor) { callUpdated(after: $after) { kind cursor call {
  id externalId status outcome hangupCause disposition needsCallback feedback { note }
  customerPhone { id masked full region carrier } legs { id party { id masked full } }
  customer { id name phone { id masked full } otherPhones { masked full } consents { evidence } } } } }`

let pbx: PbxServer
let elsewhere: PbxServer
let hub: TestHub
/** All that left the hub, but for what it asked the phone system. */
const said: string[] = []
const logged: string[] = []
const streams = new AbortController()

beforeAll(async () => {
  pbx = await PbxServer.start()
  elsewhere = await PbxServer.start()
  const log = createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) })
  hub = await startHub({
    log,
    config: config => {
      const [phone, crm] = config.systems
      const other = { ...phone!, id: 'other-pbx', name: 'Another one', address: elsewhere.address }
      return { ...config, systems: [{ ...phone!, address: pbx.address }, other, crm!] }
    },
  })
})
afterAll(async () => {
  streams.abort()
  await pbx.stop()
  await elsewhere.stop()
})

/** Asks as the agent, and keeps every byte of the answer. */
async function ask(document: { toString(): string }, variables: object): Promise<{ data: any; errors?: any[] }> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await hub.tokenOf('agent-north-1')}`,
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  })
  const body = await response.text()
  said.push(JSON.stringify([...response.headers]), body)
  return JSON.parse(body)
}

/** Follows calls as the agent by server-sent events, and keeps every byte. */
async function followBySse(after: string): Promise<void> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    signal: streams.signal,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${await hub.tokenOf('agent-north-1')}`,
    },
    body: JSON.stringify({ query: LIVE, variables: { after } }),
  })
  const read = async () => {
    for await (const piece of response.body!) said.push(Buffer.from(piece).toString())
  }
  void read().catch(() => undefined)
}

const place = (input: object) => ask(PlaceCallDocument, { input })

describe('C8: of a number that is dialled', () => {
  it('nobody but the phone system sees anything, in any encoding, whatever happens', async () => {
    const ids = await givenCustomers(
      hub,
      ...NUMBERS.map(phone => ({ phone, ownerId: 'agent-north-1', followUps: [{ note: `请打 ${phone}` }] })),
    )
    const wang = hub.as('agent-north-1')
    const after = await cursorNow(hub)
    const live = await wang.subscribe(LIVE, { after })
    await followBySse(after)

    const told =
      (text: string): ((request: PbxRequest) => PbxAnswer) =>
      ({ url }) =>
        url === '/originate' ? { status: 422, json: { error: text, message: `cannot dial ${text}` } } : { status: 204 }
    const answers = (phone: string): ((request: PbxRequest) => PbxAnswer)[] => [
      told(phone),
      () => ({ status: 409, json: { error: 'agent_busy', number: phone } }),
      () => response => response.writeHead(500, { 'x-number': phone }).end(`no route to ${phone}`),
      () => response => response.writeHead(307, { location: `${elsewhere.address}/originate?${phone}` }).end(),
      () => response => response.destroy(),
    ]
    for (const [i, phone] of NUMBERS.entries()) {
      const customerId = ids[i]!
      for (const answer of answers(phone)) {
        pbx.answer = answer
        const { errors } = await place({ customerId })
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE'])
      }
      pbx.forget()
    }
    expect(elsewhere.requests).toEqual([])

    for (const [i, phone] of NUMBERS.entries()) {
      const { data } = await place({ customerId: ids[i]! })
      const { callId } = pbx.orders[0]!
      expect(pbx.orders[0]!.number).toBe(phone)
      // Refused: they are being called.
      await place({ customerId: ids[i]! })
      await hub.happen(
        { callId, legId: 'a', type: 'call.started', direction: 'outbound', from: '1001', to: phone, extension: '1001' },
        { callId, legId: 'b', type: 'call.dialing', to: `0${phone}` },
        { callId, legId: 'a', type: 'call.connected', extension: '1001' },
        { callId, type: 'call.feedback', by: 'customer', note: `回拨 ${phone}` },
        { callId, type: 'call.recording', recording: `/recordings/${phone}.wav` },
      )
      const id = data.placeCall.call.id
      await ask(GiveCallFeedbackDocument, { input: { callId: id, note: `已打 ${phone}`, disposition: phone } })
      await ask(GiveCallFeedbackDocument, { input: { callId: id, note: `已打 ${phone}`, disposition: 'interested' } })
      pbx.answer = ({ url }) => ({ status: 500, json: { error: `${url} ${phone}` } })
      await ask(HangUpDocument, { callId: id })
      await hub.happen({ callId, type: 'call.ended', cause: `no answer from ${phone}` })
      // Ringing back names the call, never the number.
      pbx.forget()
      await place({ callId: id })
      expect(pbx.orders[0]!.number).toBe(phone)
      for (const request of pbx.requests) {
        const { body, ...rest } = request
        expect(holds(JSON.stringify(rest), phone)).toEqual([])
        if (request.url !== '/originate') expect(holds(body, phone)).toEqual([])
      }
      await hub.happen({ callId: pbx.orders[0]!.callId, type: 'call.ended', outcome: 'busy' })
      pbx.forget()
    }
    await ask(
      `query { calls(first: 50) { nodes { hangupCause feedback { note } customerPhone { masked full } legs { party { full } } } } }`,
      {},
    )

    // Until the streams have shown the last thing that happened.
    for (let ended = 0; ended < NUMBERS.length * 2; ) {
      const event = await live.next()
      said.push(JSON.stringify(event))
      if (event.data.callUpdated.kind === 'ENDED' && event.data.callUpdated.call.outcome !== 'FAILED') ended++
    }
    const tables = ['hub.audit_entry', 'hub.feed_event', 'sync.alert', 'sync.inbox', 'call.call_fact', 'jobs.job']
    for (const table of tables) said.push(...(await rowsAsText(table)))
    said.push(await (await fetch(`${hub.url}/metrics`)).text(), ...logged)
    const all = said.join('\n')
    expect(all.length).toBeGreaterThan(20_000)
    expect(all).toContain('Call.notPlaced')
    expect(all).toContain('event: next')
    for (const phone of NUMBERS) expect(holds(all, phone), phone).toEqual([])
    expect(elsewhere.requests).toEqual([])
  })
})

const holds = (text: string, number: string): string[] =>
  [...encodings(number), ...encodings(number.replace('+', ''))].filter(form => text.includes(form))

async function rowsAsText(table: string): Promise<string[]> {
  const rows = await hub.kernel.systemEm().getConnection().execute<object[]>(`select t::text from ${table} t`)
  return rows.map(row => Object.values(row).join())
}
