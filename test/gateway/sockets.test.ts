import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { SocketClient } from './socketClient.js'
import { startToyGateway, type ToyGateway, tokenOf } from './startToyGateway.js'

describe('By WebSocket', () => {
  let hub: ToyGateway
  beforeEach(async () => {
    hub = await startToyGateway({ limits: { connectionInitMs: 200, socketsPerPerson: 3, subscriptionsPerSocket: 2 } })
  })
  afterEach(() => hub.gateway.stop())

  it('queries and mutations are answered once', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.subscribe('1', 'query ($n: Int) { books(first: $n) { nodes { title reviews(first: 1) { stars } } } }', {
      n: 1,
    })
    expect(await client.next()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { books: { nodes: [{ title: 'Dream of the Red Chamber', reviews: [{ stars: 1 }] }] } } },
    })
    expect(await client.next()).toEqual({ id: '1', type: 'complete' })
    client.subscribe('2', 'mutation { rename(id: "1", title: "Stone") { title } }')
    expect((await client.next()).payload).toEqual({ data: { rename: { title: 'Stone' } } })
  })

  it('each event is answered across subgraphs, and told by whom', async () => {
    const client = await SocketClient.as(hub.url, tokenOf('wang'))
    client.subscribe('1', 'subscription { bookChanged { title reviews(first: 1) { stars } } }')
    await hub.controls.changes.heard(1)
    hub.controls.changes.push({ id: '1' })
    hub.controls.changes.push({ id: '3' })
    expect((await client.next()).payload.data).toEqual({
      bookChanged: { title: 'Dream of the Red Chamber', reviews: [{ stars: 1 }] },
    })
    expect((await client.next()).payload.data).toEqual({
      bookChanged: { title: 'Water Margin', reviews: [{ stars: 3 }] },
    })
    expect(hub.controls.callers.at(-1)).toMatchObject({ personId: 'wang', via: 'WS' })
  })

  it('an event has its own errors and data, not those of events before', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.subscribe('1', 'subscription { bookChanged { id reviews(first: 1) { stars } } }')
    await hub.controls.changes.heard(1)
    for (const change of [{ id: '2' }, { id: '2' }, { id: '1' }, { id: '3', fails: true }, { id: '1' }])
      hub.controls.changes.push(change)
    const answers = []
    for (let i = 0; i < 5; i++) answers.push((await client.next()).payload)
    const brief = answers.map(({ data, errors }) => [
      data.bookChanged,
      errors?.map((e: { extensions: { code: string } }) => e.extensions.code),
    ])
    expect(brief).toEqual([
      [{ id: '2', reviews: null }, ['FORBIDDEN']],
      [{ id: '2', reviews: null }, ['FORBIDDEN']],
      [{ id: '1', reviews: [{ stars: 1 }] }, undefined],
      [null, ['INTERNAL']],
      [{ id: '1', reviews: [{ stars: 1 }] }, undefined],
    ])
  })

  it('a subscription that is refused at once ends with its error', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.subscribe('1', 'subscription { secretChanged { id } }')
    expect(await client.next()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'FORBIDDEN' } }],
    })
    client.subscribe('2', 'subscription { nothing { id } }')
    expect(await client.next()).toMatchObject({
      id: '2',
      type: 'error',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })

  it('a subscription ends at its source when the client completes it or goes', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.subscribe('1', 'subscription { bookChanged { id } }')
    client.subscribe('2', 'subscription { bookChanged { id } }')
    await hub.controls.changes.heard(2)
    client.say({ type: 'complete', id: '1' })
    await hub.controls.changes.heard(1)
    await client.close()
    await hub.controls.changes.heard(0)
  })

  it('nobody comes in without a valid token', async () => {
    for (const payload of [
      undefined,
      {},
      { authorization: 7 },
      { authorization: 'Bearer nonsense' },
      { authorization: `Bearer ${tokenOf('wrong')}` },
      { authorization: `Bearer ${tokenOf('li', -1)}` },
    ]) {
      const client = await SocketClient.open(hub.url)
      client.say({ type: 'connection_init', payload })
      expect((await client.closed).code).toBe(4403)
    }
    const eager = await SocketClient.open(hub.url)
    eager.subscribe('1', '{ whoAmI }')
    expect((await eager.closed).code).toBe(4401)
  })

  it('who says nothing is not waited for', async () => {
    const client = await SocketClient.open(hub.url)
    expect((await client.closed).code).toBe(4408)
  })

  it('the token ends the socket', async () => {
    const client = await SocketClient.as(hub.url, tokenOf('li', 60))
    client.subscribe('1', 'subscription { bookChanged { id } }')
    await hub.controls.changes.heard(1)
    hub.clock.advance({ seconds: 61 })
    hub.gateway.runDue()
    expect((await client.closed).code).toBe(4403)
    await hub.controls.changes.heard(0)
  })

  it('who was suspended gets no further event, and starts nothing new', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.subscribe('1', 'subscription { bookChanged { id } }')
    await hub.controls.changes.heard(1)
    hub.controls.suspended = true
    hub.controls.changes.push({ id: '1' })
    const { payload } = await client.next()
    expect(payload.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect(JSON.stringify(payload)).not.toContain('"id":"1"')
    expect(await client.next()).toEqual({ id: '1', type: 'complete' })
    await hub.controls.changes.heard(0)
    client.subscribe('2', '{ whoAmI }')
    expect(await client.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })

  it('operations at once and sockets of a person are limited, and free again once ended', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    for (const id of ['1', '2', '3']) client.subscribe(id, 'subscription { bookChanged { id } }')
    expect(await client.next()).toMatchObject({
      id: '3',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    })
    await hub.controls.changes.heard(2)

    const others = [await SocketClient.as(hub.url, tokenOf()), await SocketClient.as(hub.url, tokenOf())]
    const fourth = await SocketClient.open(hub.url)
    fourth.say({ type: 'connection_init', payload: { authorization: `Bearer ${tokenOf()}` } })
    expect((await fourth.closed).code).toBe(4403)
    await others[0]!.close()
    await SocketClient.as(hub.url, tokenOf())
    await SocketClient.as(hub.url, tokenOf('wang'))
  })

  it('what is too long, too deep, binary or garbage closes the socket, and no other', async () => {
    const honest = await SocketClient.as(hub.url, tokenOf())
    const long = await SocketClient.open(hub.url)
    long.say({ type: 'connection_init', payload: { authorization: `Bearer ${tokenOf()}`, more: 'x'.repeat(9000) } })
    expect((await long.closed).code).toBe(4400)

    const garbage: (string | Uint8Array)[] = [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{"type":"unknown"}',
      '{"type":"subscribe"}',
      '['.repeat(5000),
      new Uint8Array([1, 2, 255]),
      `{"type":"ping","payload":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
    ]
    for (const text of garbage) {
      const client = await SocketClient.as(hub.url, tokenOf('someone'))
      client.socket.send(text)
      expect((await client.closed).code).toBe(4400)
    }
    const huge = await SocketClient.as(hub.url, tokenOf('someone'))
    huge.socket.send('x'.repeat(300_000))
    expect((await huge.closed).code).toBe(1009)

    const broken = await SocketClient.as(hub.url, tokenOf('someone'))
    // A text frame, masked with zeroes, whose text is not UTF-8.
    broken.socket.resume()
    Reflect.get(broken.socket, '_socket').write(new Uint8Array([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]))
    expect((await broken.closed).code).toBe(1007)

    honest.subscribe('1', '{ whoAmI }')
    expect((await honest.next()).payload).toEqual({ data: { whoAmI: 'li' } })
  })

  it('wrong operations and variables are answered, and the socket stays', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.say({
      type: 'subscribe',
      id: '1',
      payload: { query: 'query ($n: Int!) { books(first: $n) { nodes { id } } }', variables: { n: 'many' } },
    })
    expect(await client.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    client.say({ type: 'subscribe', id: '2', payload: { query: '{ whoAmI }', variables: [] as never } })
    expect((await client.closed).code).toBe(4400)
  })

  it('only the one protocol is spoken, only at its address, and not with pages of strangers', async () => {
    expect((await (await SocketClient.open(hub.url, null)).closed).code).toBe(4406)
    await expect(SocketClient.open(hub.url, 'graphql-ws')).rejects.toThrow()
    await expect(
      SocketClient.open(hub.url, 'graphql-transport-ws', { origin: 'https://evil.example' }),
    ).rejects.toThrow('403')
    await SocketClient.open(hub.url, 'graphql-transport-ws', { origin: 'https://crm.example' })
    await SocketClient.open(hub.url, 'graphql-transport-ws', { origin: hub.url })
    const elsewhere = new WebSocket(hub.url.replace('http', 'ws'), 'graphql-transport-ws')
    await expect(new Promise((_, reject) => elsewhere.once('error', reject))).rejects.toThrow('404')
  })
})
