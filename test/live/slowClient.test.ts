import { setImmediate } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startHub, type TestHub } from '../kit/startHub.js'

/** More than a subscriber may be behind. */
const EVENTS = 1300

let hub: TestHub
let callId: string

beforeAll(async () => {
  hub = await startHub()
  const note = '很好'.repeat(2000)
  const call = { callId: 'long', legId: 'a', direction: 'inbound', from: '13800138000', to: '400', extension: '1001' }
  await hub.happen(
    { ...call, type: 'call.started' },
    ...[1, 2, 3, 4, 5].map(i => ({ ...call, type: 'call.feedback', note, at: `2026-11-23T01:5${i}:00Z` })),
  )
  const { calls } = await hub.as('admin').query('{ calls { nodes { id } } }')
  callId = calls.nodes[0].id
})

/** Appends events about the one call; each carries some 60 KB to who asks for its feedback. */
const emit = (n: number) =>
  hub.kernel.transact(hub.kernel.systemEm(), async change => {
    for (let i = 0; i < n; i++) change.emit('call', { callId, kind: 'HELD' })
  })

interface Told {
  kind: string
  cursor: string
  lagged: number | null
}

/** A client whose socket can be left unread. */
async function reader() {
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const told: Told[] = []
  let heard = () => {}
  const hears = async (enough: () => boolean) => {
    while (!enough()) {
      await new Promise<void>(resolve => {
        heard = resolve
      })
    }
  }
  let acknowledged = false
  socket.on('message', data => {
    const message = JSON.parse(data.toString())
    if (message.type === 'ping') socket.send('{"type":"pong"}')
    if (message.type === 'connection_ack') acknowledged = true
    if (message.type === 'next') told.push(message.payload.data.callUpdated)
    heard()
  })
  await new Promise(resolve => socket.once('open', resolve))
  const authorization = `Bearer ${await hub.tokenOf('admin')}`
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await hears(() => acknowledged)
  const query = 'subscription { callUpdated { kind cursor lagged call { feedback { note } } } }'
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
  return { socket, told, hears }
}

describe('F3: a client that does not read', () => {
  it('is told how much it missed and from where to ask again, and harms nobody', { timeout: 60_000 }, async () => {
    const slow = await reader()
    const quick = await hub.as('admin').subscribe<any>('subscription { callUpdated { cursor } }')
    // Without a cursor, so that both hear of what happens as it happens: what is replayed waits for its reader.
    while (slow.told.length === 0 || quick.pending.length === 0) {
      await emit(1)
      await setImmediate()
    }
    await quick.take(quick.pending.length)
    const seen: string[] = []
    const quickTakes = async (n: number) => {
      for (const { data } of await quick.take(n)) seen.push(data!.callUpdated.cursor)
    }
    slow.socket.pause()
    for (let sent = 0; sent < EVENTS; sent += 100) {
      await emit(100)
      await quickTakes(100)
    }
    expect(new Set(seen).size).toBe(seen.length)

    slow.socket.resume()
    await slow.hears(() => slow.told.some(({ kind }) => kind === 'LAGGED'))
    const lagged = slow.told.find(({ kind }) => kind === 'LAGGED')!
    expect(lagged.lagged).toBeGreaterThanOrEqual(1000)
    slow.socket.close()

    const again = await hub
      .as('admin')
      .subscribe<any>('subscription($after: Cursor) { callUpdated(after: $after) { kind } }', {
        after: lagged.cursor,
      })
    const missed = await again.take(lagged.lagged!)
    expect(missed.every(({ data }) => data!.callUpdated.kind === 'HELD')).toBe(true)
  })
})
