import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { InternalTokens, type SubgraphPort, subgraphPort } from '../../kernel/subgraph/index.js'
import { SocketClient } from './socketClient.js'
import { startToyGateway, type ToyGateway, tokenOf } from './startToyGateway.js'
import { Controls, toySubgraphs } from './toys.js'

describe('Subgraphs in other processes', () => {
  const internalTokens = new InternalTokens(Buffer.alloc(32, 7), new TestClock())
  let hub: ToyGateway
  let elsewhere: Controls
  let ports: SubgraphPort[]

  beforeEach(async () => {
    elsewhere = new Controls()
    const log = createLog({ level: 'silent', clock: new TestClock() })
    const { books, reviews } = await toySubgraphs(elsewhere, log)
    ports = [books, reviews].map(subgraph => subgraphPort({ subgraph, tokens: internalTokens }))
    const [booksUrl, reviewsUrl] = await Promise.all(ports.map(port => port.listen(0, '127.0.0.1')))
    hub = await startToyGateway({
      subgraphs: [
        { name: 'books', url: booksUrl! },
        { name: 'reviews', url: reviewsUrl! },
      ],
      internalTokens,
    })
  })
  afterEach(async () => {
    await hub.gateway.stop()
    await Promise.all(ports.map(port => port.stop()))
  })

  it('answer as those in the process', async () => {
    expect(
      await hub.ask('{ book(id: "1") { title reviews(first: 1) { stars } } no: book(id: "forbidden") { id } }'),
    ).toEqual({
      data: { book: { title: 'Dream of the Red Chamber', reviews: [{ stars: 1 }] }, no: null },
      errors: [{ message: expect.any(String), path: ['no'], extensions: { code: 'FORBIDDEN' } }],
    })
    expect(elsewhere.callers.at(-1)).toMatchObject({ personId: 'li', via: 'POST' })
  })

  it('stream their events, until the client goes', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.subscribe('1', 'subscription { bookChanged { title reviews(first: 1) { stars } } }')
    await elsewhere.changes.heard(1)
    elsewhere.changes.push({ id: '1' })
    elsewhere.changes.push({ id: '2' })
    expect((await client.next()).payload).toEqual({
      data: { bookChanged: { title: 'Dream of the Red Chamber', reviews: [{ stars: 1 }] } },
    })
    expect((await client.next()).payload).toMatchObject({
      data: { bookChanged: { title: 'Journey to the West', reviews: null } },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    })
    await client.close()
    await elsewhere.changes.heard(0)
  })

  it('that are gone leave the answer of the others, and are not ready', async () => {
    await ports[1]!.stop()
    const { data, errors } = await hub.ask('{ book(id: "1") { title reviews { stars } } }')
    expect(data).toEqual({ book: { title: 'Dream of the Red Chamber', reviews: null } })
    expect(errors).toMatchObject([{ path: ['book'], extensions: { code: 'UNAVAILABLE' } }])
    expect(await (await fetch(`${hub.url}/health/ready`)).json()).toEqual({
      ready: false,
      parts: { books: 'up', reviews: 'down' },
    })
  })

  it('that stop while they stream end the subscription', async () => {
    const client = await SocketClient.as(hub.url, tokenOf())
    client.subscribe('1', 'subscription { bookChanged { id } }')
    await elsewhere.changes.heard(1)
    await ports[0]!.stop()
    expect(await client.next()).toEqual({ id: '1', type: 'complete' })
  })
})
