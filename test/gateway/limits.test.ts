import { createConnection } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startToyGateway, type ToyGateway, tokenOf } from './startToyGateway.js'

describe('What the gateway takes', () => {
  let hub: ToyGateway
  const honest = async () => expect(await hub.ask('{ whoAmI }')).toEqual({ data: { whoAmI: 'li' } })

  beforeEach(async () => {
    hub = await startToyGateway({
      limits: { requests: { burst: 30, perSecond: 10 }, strangers: { burst: 3, perSecond: 1 } },
    })
  })
  // Whatever came before, the next honest request is served.
  afterEach(async () => {
    hub.clock.advance({ minutes: 1 })
    await honest()
    await hub.gateway.stop()
  })

  const refused = async (body: unknown, headers?: Record<string, string>) => {
    const { status, body: answer } = await hub.post(body, headers)
    expect(answer.data).toBeUndefined()
    return { status, ...answer.errors![0]!, code: answer.errors![0]!.extensions.code }
  }

  it('is no body of 20 MB, announced or not', async () => {
    const body = `{"query":"{ whoAmI }","x":"${'x'.repeat(20_000_000)}"}`
    expect(await refused(body)).toMatchObject({ status: 413, code: 'BAD_USER_INPUT' })
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new Uint8Array(1_000_000).fill(32))
        controller.close()
      },
    })
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      body: chunks,
      duplex: 'half',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf()}` },
    } as RequestInit)
    expect(answer.status).toBe(413)
  })

  it('is no invalid UTF-8, no other charset, no compressed body, no other type', async () => {
    const bytes = Buffer.from('{"query":"{ whoAmI }","variables":{"a":"\xc3("}}', 'latin1')
    expect(await refused(bytes)).toMatchObject({ status: 400, message: expect.stringContaining('UTF-8') })
    expect(await refused('{}', { 'content-type': 'application/json; charset=gbk' })).toMatchObject({ status: 415 })
    expect(await refused('{}', { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 })
    for (const type of ['application/xml', 'application/graphql', 'multipart/form-data; boundary=x', 'text/plain']) {
      expect(await refused('{ whoAmI }', { 'content-type': type })).toMatchObject({ status: 415 })
    }
  })

  it('is no JSON nested without end, and nothing that is no request', async () => {
    const deep = `{"query":"{ whoAmI }","variables":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`
    expect(await refused(deep)).toMatchObject({ status: 400, message: expect.stringContaining('nested') })
    for (const body of ['', 'null', '7', '"text"', '{', '{"query":null}', '{"query":"{ whoAmI }","variables":"x"}']) {
      expect(await refused(body)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    }
  })

  it('is no absurd variable: it is answered, its value not repeated at length', async () => {
    const query = 'query ($id: ID!, $n: Int) { book(id: $id) { id } books(first: $n) { nodes { id } } }'
    const absurd = [
      {},
      { id: null },
      { id: { a: 1 } },
      { id: '1', n: 1.5 },
      { id: '1', n: 'x'.repeat(100_000) },
      { id: '1', n: 1e300 },
    ]
    for (const variables of absurd) {
      const { code, message } = await refused({ query, variables })
      expect(code).toBe('BAD_USER_INPUT')
      expect(message.length).toBeLessThan(400)
    }
    const { body } = await hub.post(
      `{"query":"query ($v: JSON) { echo(value: $v) }","variables":{"v":{"__proto__":{"bad":1},"constructor":2}}}`,
    )
    expect(JSON.stringify(body)).toBe('{"data":{"echo":{"__proto__":{"bad":1},"constructor":2}}}')
    expect(({} as { bad?: number }).bad).toBeUndefined()
  })

  it.each([
    [
      'deep',
      '{ book(id: "1") { reviews { book { '.repeat(12).replaceAll(') { book(', ') { reviews { book(') +
        'id' +
        '} } } }'.repeat(12),
    ],
    ['deep', `{ book(id: "1") ${'{ reviews { book '.repeat(40)} { id } ${'} }'.repeat(40)} }`],
    ['wide', `{ book(id: "1") { ${'title '.repeat(1500)} } }`],
    ['long', `{ book(id: "1") { ${'title '.repeat(30_000)} } }`],
    ['full of aliases', `{ ${Array.from({ length: 60 }, (_, i) => `b${i}: book(id: "1") { id }`).join(' ')} }`],
    ['full of directives', `{ whoAmI ${'@skip(if: false) '.repeat(60)} }`],
    ['wide at the root', `{ ${'whoAmI '.repeat(30)} }`],
    [
      'explosive by fragments',
      `{ book(id: "1") { ...f0 } } ${Array.from({ length: 12 }, (_, i) => `fragment f${i} on Book { id ...f${i + 1} a: id ...f${i + 1} }`).join(' ')} fragment f12 on Book { id }`,
    ],
    ['circular', '{ book(id: "1") { ...A } } fragment A on Book { ...B } fragment B on Book { ...A }'],
    ['dangerous by its alias', '{ __proto__: whoAmI }'],
  ])('is no query that is too %s', async (_, query) => {
    const start = performance.now()
    expect(await refused({ query })).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('is no page above 100 entries, written out, as default or as variable', async () => {
    expect(await refused({ query: '{ books(first: 101) { nodes { id } } }' })).toMatchObject({
      extensions: { field: 'first' },
    })
    expect(await refused({ query: 'query ($n: Int = 101) { books(first: $n) { nodes { id } } }' })).toMatchObject({
      extensions: { field: 'first' },
    })
    const query = 'query ($n: Int) { books(first: $n) { nodes { id } } }'
    expect(await refused({ query, variables: { n: 101 } })).toMatchObject({ extensions: { field: 'first' } })
    expect((await hub.ask(query, { n: 100 })).data.books.nodes).toHaveLength(100)
  })

  it('is no operation that could return too many objects, lists multiplied along their nesting', async () => {
    const query =
      'query ($n: Int) { books(first: $n) { nodes { reviews(first: $n) { book { reviews(first: $n) { stars } } } } } }'
    expect(await refused({ query, variables: { n: 60 } })).toMatchObject({
      message: expect.stringContaining('smaller pages'),
    })
    expect((await hub.ask(query, { n: 3 })).data.books.nodes).toHaveLength(3)
  })

  it('is no more requests of a person than their rate, whatever way they come; others are not touched', async () => {
    for (let i = 0; i < 30; i++) await hub.ask('{ whoAmI }')
    const { status, headers, body } = await hub.post({ query: '{ whoAmI }' })
    expect([status, headers.get('retry-after'), body.errors?.[0]?.extensions.code]).toEqual([429, '1', 'RATE_LIMITED'])
    expect(JSON.stringify(body)).not.toContain(tokenOf())
    expect((await hub.post({ query: '{ whoAmI }' }, { authorization: `Bearer ${tokenOf('wang')}` })).status).toBe(200)
    hub.clock.advance({ ms: 100 })
    expect((await hub.post({ query: '{ whoAmI }' })).status).toBe(200)
  })

  it('is nothing of strangers but the question for the schema, and that not often', async () => {
    const stranger = (query: string) =>
      fetch(`${hub.url}/graphql`, {
        method: 'POST',
        body: JSON.stringify({ query }),
        headers: { 'content-type': 'application/json' },
      })
    const refusal = await stranger('{ whoAmI }')
    expect([refusal.status, (await refusal.json()).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    // Not even whether a field exists.
    expect((await (await stranger('{ whoAmY }')).json()).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await (await stranger('{ __schema { queryType { name } } }')).json()).data.__schema.queryType.name).toBe(
      'Query',
    )
    expect((await stranger('{ __typename }')).status).toBe(429)
  })

  it('is no token that is not valid, not even for the schema', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer x',
      'Basic bGk6cHc=',
      `Bearer ${tokenOf('wrong')}`,
      `Bearer ${tokenOf('li', -1)}`,
    ]) {
      expect(await refused({ query: '{ __typename }' }, { authorization })).toMatchObject({
        status: 401,
        code: 'UNAUTHENTICATED',
      })
    }
  })

  it('is no question for schema and rows at once', async () => {
    expect(await refused({ query: '{ __schema { queryType { name } } whoAmI }' })).toMatchObject({
      code: 'BAD_USER_INPUT',
    })
    expect(
      await refused({ query: '{ ...F } fragment F on Query { __schema { queryType { name } } whoAmI }' }),
    ).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(
      (await hub.ask('{ ...F } fragment F on Query { __schema { queryType { name } } }')).data.__schema.queryType.name,
    ).toBe('Query')
  })

  it('is nothing a page of strangers could send by itself', async () => {
    const get = (headers: Record<string, string>) => fetch(`${hub.url}/graphql?query={__typename}`, { headers })
    expect((await get({})).status).toBe(400)
    expect((await get({ 'apollo-require-preflight': '1' })).status).toBe(200)
    const form = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      body: 'query={__typename}',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(form.status).toBe(415)
  })

  it('is handed to pages of allowed origins only', async () => {
    const preflight = (origin: string) =>
      fetch(`${hub.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    const allowed = (await preflight('https://crm.example')).headers
    expect(allowed.get('access-control-allow-origin')).toBe('https://crm.example')
    expect(allowed.get('access-control-allow-headers')).toContain('authorization')
    expect(allowed.get('access-control-allow-credentials')).toBeNull()
    for (const origin of ['https://evil.example', 'null', 'https://crm.example.evil']) {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull()
      const { headers } = await hub.post({ query: '{ whoAmI }' }, { origin })
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('is no garbage on the wire', async () => {
    const { port } = new URL(hub.url)
    for (const garbage of [
      '\x00\x01\x02',
      'GET',
      `GET / HTTP/1.1\r\n${'a'.repeat(40_000)}`,
      'POST /graphql HTTP/1.1\r\ncontent-length: -5\r\n\r\n',
    ]) {
      await new Promise<void>(resolve => {
        const socket = createConnection(Number(port), '127.0.0.1', () => socket.end(garbage, 'latin1'))
        socket
          .on('error', () => {})
          .on('close', () => resolve())
          .resume()
      })
    }
    expect((await fetch(`${hub.url}/%ff%fe`)).status).toBe(404)
  })
})

describe('In production', () => {
  let hub: ToyGateway
  beforeEach(async () => {
    hub = await startToyGateway({ production: true })
  })
  afterEach(() => hub.gateway.stop())

  it('nobody sees the schema or GraphiQL', async () => {
    expect((await hub.ask('{ __schema { queryType { name } } }')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect((await hub.ask('{ __type(name: "Book") { name } }')).data).toBeUndefined()
    expect(await hub.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } })
    const page = await fetch(`${hub.url}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type')).not.toContain('html')
  })

  it('strangers get nothing, and nobody suggestions', async () => {
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      body: '{"query":"{ __typename }"}',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(401)
    expect((await hub.ask('{ whoAmY }')).errors?.[0]?.message).not.toContain('whoAmI')
    expect((await hub.ask('{ book(ib: "1") { titel } }')).errors?.map(({ message }) => message).join()).not.toMatch(
      /Did you mean/,
    )
  })

  it('is not like development, where a signed-in person is helped', async () => {
    const open = await startToyGateway()
    expect((await open.ask('{ whoAmY }')).errors?.[0]?.message).toContain('whoAmI')
    await open.gateway.stop()
  })
})
