import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { postHook, startHub, type TestHub } from '../kit/startHub.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const ROUND = 400
/** More than any cache of texts keeps, so that what is measured begins when the caches are full. */
const CACHE = 1100
/** A leak of four kilobytes for each request would be more. */
const GROWTH_MB = 1.5
const AT_ONCE = 8

let hub: TestHub
let token: string
beforeAll(async () => {
  hub = await startHub({ limits: { requests: { burst: 1e9, perSecond: 1e9 } } })
  token = await hub.tokenOf('admin')
})

const post = (body: string, type = 'application/json') =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body,
  }).then(answer => answer.arrayBuffer())

const hook = (body: string, system = 'sandbox-pbx', secret?: string) =>
  postHook(`${hub.url}/hooks/${system}`, body, hub.clock.now(), secret).then(answer => answer.arrayBuffer())

const ask = (query: string, variables?: object) => post(JSON.stringify({ query, variables }))

/** A socket that says this first, and is dropped after the first answer or the end. */
const socket = (...messages: string[]) =>
  new Promise<void>(resolve => {
    const ws = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    ws.on('open', () => {
      for (const message of messages) ws.send(message)
    })
    ws.on('message', () => ws.terminate())
    ws.on('error', () => undefined)
    ws.on('close', () => resolve())
  })

const init = () => JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })
const subscribe = JSON.stringify({
  id: '1',
  type: 'subscribe',
  payload: { query: 'subscription { callUpdated { cursor } }' },
})

/** One kind of garbage each, never the same twice. */
const garbage: Record<string, (i: number) => Promise<unknown>> = {
  'hooks that are no JSON': i => hook(`{"id": "e${i}"`),
  'hooks with another secret': i => hook(JSON.stringify({ id: `e${i}` }), 'sandbox-pbx', 'some other secret'),
  'hooks for systems that are not there': i => hook('{}', `nobody-${i}`),
  'questions that are no GraphQL': i => ask(`{ me { id } ${i}`),
  'questions for fields that are not there': i => ask(`{ me { field${i} } }`),
  'questions never asked before': i =>
    ask(`query Q${i} { a${i}: me { id name } b: customers(first: 1) { totalCount } }`),
  'variables that do not fit': i => ask('query($id: ID!) { customer(id: $id) { id } }', { id: { [`key${i}`]: i } }),
  'rows that are not there': i => ask('query($id: ID!) { customer(id: $id) { id name } }', { id: `no-${i}` }),
  'requests that are no request': i => post(`[${i}]`),
  'sockets that say nonsense': i => socket(`nonsense ${i}`),
  'subscriptions that are dropped': () => socket(init(), subscribe),
}

async function round(send: (i: number) => Promise<unknown>, from: number, count = ROUND): Promise<void> {
  let next = from
  const lane = async () => {
    while (next < from + count) await send(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

/** Bytes in use, in megabytes, once all is collected that can be. */
async function used(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    await new Promise(resolve => setImmediate(resolve))
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return (heapUsed + external + arrayBuffers) / 2 ** 20
}

it.each(Object.entries(garbage))('%s leave nothing behind in memory', async (what, send) => {
  const warmUp = what === 'questions never asked before' ? CACHE : ROUND
  await round(send, 0, warmUp)
  const before = await used()
  await round(send, warmUp)
  expect((await used()) - before).toBeLessThan(GROWTH_MB)
  expect(await hub.as('admin').query('{ me { id } }')).toEqual({ me: { id: 'admin' } })
})
