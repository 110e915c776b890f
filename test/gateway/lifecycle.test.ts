import { describe, expect, it } from 'vitest'
import type { Hook } from '../../gateway/index.js'
import { SocketClient } from './socketClient.js'
import { startToyGateway, type ToyGateway, tokenOf } from './startToyGateway.js'

const stream = (hub: ToyGateway) =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    body: '{"query":"subscription { bookChanged { id } }"}',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${tokenOf()}` },
  })

describe('Stopping', () => {
  it('lets operations in flight finish, ends sockets and streams, refuses new work, leaves nothing open', async () => {
    const hub = await startToyGateway({ stopMs: 5000 })
    const socket = await SocketClient.as(hub.url, tokenOf())
    socket.subscribe('1', 'subscription { bookChanged { id } }')
    const events = await stream(hub)
    await hub.controls.changes.heard(2)
    const slow = hub.ask('{ slow }')
    await hub.controls.waiting.promise

    const stopped = hub.gateway.stop()
    expect((await socket.closed).code).toBe(1001)
    expect(await events.text()).toBe('event: complete\ndata:\n\n')
    await hub.controls.changes.heard(0)
    const refused = await hub.ask('{ whoAmI }').catch(() => null)
    expect(refused?.errors?.[0]?.extensions.code ?? 'UNAVAILABLE').toBe('UNAVAILABLE')
    hub.controls.gate.resolve()
    expect(await slow).toEqual({ data: { slow: 1 } })
    await stopped
  })

  it('does not wait for ever: not for an operation, not for a socket that does not answer', async () => {
    const hub = await startToyGateway({ stopMs: 50 })
    const socket = await SocketClient.as(hub.url, tokenOf())
    Reflect.get(socket.socket, '_socket').pause()
    const slow = hub.ask('{ slow }').catch(() => 'cut off')
    await hub.controls.waiting.promise
    await hub.gateway.stop()
    expect(await slow).toBe('cut off')
    socket.socket.terminate()
  })

  it('works on a gateway that was never started', async () => {
    const hub = await startToyGateway()
    await hub.gateway.stop()
    await hub.gateway.stop()
  })
})

describe('Health', () => {
  it('is alive, and ready by part', async () => {
    let database = true
    const hub = await startToyGateway({ parts: { database: async () => database } })
    const ready = async () => {
      const answer = await fetch(`${hub.url}/health/ready`)
      return [answer.status, await answer.json()]
    }
    expect((await fetch(`${hub.url}/health/live`)).status).toBe(200)
    expect(await ready()).toEqual([200, { ready: true, parts: { books: 'up', reviews: 'up', database: 'up' } }])
    database = false
    hub.controls.down.add('reviews')
    expect(await ready()).toEqual([503, { ready: false, parts: { books: 'up', reviews: 'down', database: 'down' } }])
    await hub.gateway.stop()
  })
})

describe('Hooks', () => {
  const start = async (
    receive?: (
      systemId: string,
      hook: Hook,
    ) => Promise<{ status: number; body: string; headers?: Record<string, string> }>,
  ) => {
    const seen: [string, Hook][] = []
    const hub = await startToyGateway({
      limits: { hookBytes: 1000, hooksAtOnce: 2 },
      hooks: {
        receive: async (systemId, hook) => {
          seen.push([systemId, hook])
          return (await receive?.(systemId, hook)) ?? { status: 202, body: '{"stored":1}' }
        },
      },
    })
    const send = (path: string, body: string | Uint8Array, type = 'application/json', method = 'POST') =>
      fetch(`${hub.url}${path}`, {
        method,
        body: body as string,
        headers: { 'content-type': type, 'x-signature': 's' },
      })
    return { hub, seen, send }
  }

  it('are handed over with their bytes untouched', async () => {
    const { hub, seen, send } = await start()
    const bytes = new Uint8Array([0xff, 0x00, 0xc3, 0x28])
    const answer = await send('/hooks/sandbox-pbx?secret=1', bytes)
    expect([answer.status, await answer.text()]).toEqual([202, '{"stored":1}'])
    const [systemId, hook] = seen[0]!
    expect(systemId).toBe('sandbox-pbx')
    expect(new Uint8Array(hook.body)).toEqual(bytes)
    expect(hook).toMatchObject({ query: 'secret=1', receivedAt: hub.clock.now(), headers: { 'x-signature': 's' } })
    await hub.gateway.stop()
  })

  it('are answered as the receiver says', async () => {
    const { hub, send } = await start(async () => ({
      status: 401,
      body: 'no',
      headers: { 'content-type': 'text/plain' },
    }))
    const answer = await send('/hooks/x', '{}')
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([401, 'no', 'text/plain'])
    await hub.gateway.stop()
  })

  it('too long, of another type, by another method or to a strange address do not reach it', async () => {
    const { hub, seen, send } = await start()
    expect((await send('/hooks/x', 'x'.repeat(1001))).status).toBe(413)
    expect((await send('/hooks/x', 'x'.repeat(20_000_000))).status).toBe(413)
    expect((await send('/hooks/x', 'x', 'image/png')).status).toBe(415)
    expect((await send('/hooks/x', 'x', 'application/json', 'PUT')).status).toBe(405)
    expect((await send(`/hooks/${'x'.repeat(300)}`, '{}')).status).toBe(404)
    expect((await send('/hooks/', '{}')).status).toBe(404)
    expect(seen).toEqual([])
    expect((await send('/hooks/x', 'a=1', 'application/x-www-form-urlencoded')).status).toBe(202)
    await hub.gateway.stop()
  })

  it('get 503 while too many are worked on, and when they cannot be taken; nothing says why', async () => {
    const gate = Promise.withResolvers<void>()
    const both = Promise.withResolvers<void>()
    let working = 0
    const { hub, send } = await start(async systemId => {
      if (systemId === 'broken') throw new Error('the password is hunter2')
      if (++working === 2) both.resolve()
      await gate.promise
      return { status: 202, body: '' }
    })
    const first = [send('/hooks/x', '{}'), send('/hooks/x', '{}')]
    await both.promise
    const refused = await send('/hooks/x', '{}')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    gate.resolve()
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([202, 202])
    const broken = await send('/hooks/broken', '{}')
    expect([broken.status, await broken.text()]).toEqual([503, expect.not.stringContaining('hunter2')])
    await hub.gateway.stop()
  })
})

describe('Other addresses', () => {
  it('are served by routes, else not found; a route that fails harms nothing', async () => {
    const hub = await startToyGateway({
      routes: [
        {
          serves: (method, path) => method === 'GET' && path === '/',
          handle: async (_, response) => void response.end('page'),
        },
        { serves: (_, path) => path === '/broken', handle: async () => Promise.reject(new Error('hunter2')) },
      ],
    })
    expect(await (await fetch(hub.url)).text()).toBe('page')
    expect((await fetch(`${hub.url}/other`)).status).toBe(404)
    const broken = await fetch(`${hub.url}/broken`)
    expect([broken.status, await broken.text()]).toEqual([500, expect.not.stringContaining('hunter2')])
    await hub.gateway.stop()
  })
})
