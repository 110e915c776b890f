import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import pg from 'pg'
import { WebSocket, WebSocketServer } from 'ws'
import { sandboxBook } from '../sandbox/book/book.js'
import { defaultSeed } from '../sandbox/startSandbox.js'
import { sandboxOrigin } from '../sandbox/store/origin.js'
import { startBenchHub } from './lib/benchHub.js'
import { quantile } from './lib/measure.js'
import { report } from './lib/results.js'

const PER_SECOND = 100
const SECONDS = 20
/** Seconds of the same traffic before anything counts: code is compiled, caches and connections are filled. */
const WARM_UP = 5

const RINGS = `subscription {
  callUpdated { kind call { externalId customerPhone { masked region } customer { name phone { masked region } } } }
}`

/** From the moment a ringing call is posted to the moment its event, with the customer, is at a WebSocket client. */
export async function run(): Promise<void> {
  const hub = await throughHub()
  const bare = await throughRelay()
  await report(
    {
      title: 'Ring to screen',
      about: `${PER_SECOND} ringing calls a second for ${SECONDS} s, after ${WARM_UP} s of the same to warm up, from the POST to the event at a WebSocket client. The hub verifies, stores, folds, matches, audits, permits and masks, and resolves the customer over two subgraphs; the bare relay inserts a row and sends the body on.`,
      header: ['', 'p50 ms', 'p99 ms', 'events'],
      rows: [
        ['POST + INSERT + ws relay', quantile(bare, 0.5).toFixed(1), quantile(bare, 0.99).toFixed(1), bare.length],
        ['the hub', quantile(hub, 0.5).toFixed(1), quantile(hub, 0.99).toFixed(1), hub.length],
        [
          'ratio',
          (quantile(hub, 0.5) / quantile(bare, 0.5)).toFixed(1),
          (quantile(hub, 0.99) / quantile(bare, 0.99)).toFixed(1),
          '',
        ],
      ],
    },
    new Date(),
  )
}

async function throughHub(): Promise<number[]> {
  const { hub, config, dataDir, stop } = await startBenchHub()
  const url = hub.url!
  const token = await hub.tokenOf('admin')
  const secret = config.systems.find(({ id }) => id === 'sandbox-pbx')!.secret!
  const { seed, until } = await sandboxOrigin(dataDir, new Date(), defaultSeed, hub.kernel.log)
  const numbers = sandboxBook(seed, until).customers.map(({ phone }) => phone)
  const socket = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: false,
  })
  const clock = new Stopwatch()
  socket.subscribe<{ callUpdated: { kind: string; call: { externalId: string } } }>(
    { query: RINGS },
    {
      next: ({ data }) => data?.callUpdated.kind === 'RINGING' && clock.arrived(data.callUpdated.call.externalId),
      error: error => console.error(error),
      complete: () => undefined,
    },
  )
  await wait(500)
  await atPace(async i => {
    const callId = randomUUID()
    const event = {
      id: callId,
      callId,
      type: 'call.ringing',
      at: new Date().toISOString(),
      direction: 'inbound',
      from: numbers[i % numbers.length],
      to: '1001',
      extension: '1001',
    }
    const body = JSON.stringify(event)
    const timestamp = String(Date.now())
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
    clock.sent(callId, i)
    await post(`${url}/hooks/sandbox-pbx`, body, { 'x-hub-timestamp': timestamp, 'x-hub-signature': `v1=${signature}` })
  })
  await wait(1000)
  await socket.dispose()
  await stop()
  return clock.times
}

async function throughRelay(): Promise<number[]> {
  const { hub, stop } = await startBenchHub()
  const pool = new pg.Pool({ connectionString: String(hub.kernel.orm.config.get('clientUrl')), max: 10 })
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const { callId } = JSON.parse(body)
    await pool.query('insert into sync.inbox (system_id, key, received_at, payload) values ($1, $2, $3, $4)', [
      'relay',
      callId,
      new Date(),
      Buffer.from(body),
    ])
    response.writeHead(202).end()
    for (const client of sockets.clients) client.send(body)
  })
  const sockets = new WebSocketServer({ server })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise(resolve => socket.once('open', resolve))
  const clock = new Stopwatch()
  socket.on('message', data => clock.arrived(JSON.parse(String(data)).callId))
  await atPace(async i => {
    const callId = randomUUID()
    clock.sent(callId, i)
    await post(`http://127.0.0.1:${port}/`, JSON.stringify({ callId }), {})
  })
  await wait(200)
  socket.close()
  sockets.close()
  await new Promise(resolve => server.close(resolve))
  await pool.end()
  await stop()
  return clock.times
}

class Stopwatch {
  readonly times: number[] = []
  readonly #sent = new Map<string, number>()

  sent(id: string, i: number): void {
    if (i >= WARM_UP * PER_SECOND) this.#sent.set(id, performance.now())
  }

  arrived(id: string): void {
    const sent = this.#sent.get(id)
    if (sent === undefined) return
    this.#sent.delete(id)
    this.times.push(performance.now() - sent)
  }
}

async function atPace(send: (i: number) => Promise<void>): Promise<void> {
  const began = performance.now()
  const sending: Promise<void>[] = []
  for (let i = 0; i < PER_SECOND * (WARM_UP + SECONDS); i++) {
    const due = began + (i * 1000) / PER_SECOND
    const early = due - performance.now()
    if (early > 1) await wait(early)
    sending.push(send(i))
  }
  await Promise.all(sending)
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  if (answer.status !== 202) throw new Error(`The hook answered ${answer.status}: ${await answer.text()}`)
  await answer.arrayBuffer()
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
