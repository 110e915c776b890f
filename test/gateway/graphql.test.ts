import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startToyGateway, type ToyGateway } from './startToyGateway.js'

describe('The gateway', () => {
  let hub: ToyGateway
  beforeAll(async () => {
    hub = await startToyGateway()
  })
  afterAll(() => hub.gateway.stop())

  it('answers across subgraphs', async () => {
    expect(await hub.ask('{ __typename book(id: "1") { title reviews { stars book { title } } } }')).toEqual({
      data: {
        __typename: 'Query',
        book: {
          title: 'Dream of the Red Chamber',
          reviews: [
            { stars: 1, book: { title: 'Dream of the Red Chamber' } },
            { stars: 2, book: { title: 'Dream of the Red Chamber' } },
          ],
        },
      },
    })
  })

  it('knows aliases, fragments, variables, directives, named operations, mutations', async () => {
    const query = `
      query Other { whoAmI }
      query This($first: Int, $no: Boolean = false) { all: books(first: $first) { nodes { ...B id @include(if: $no) } } }
      fragment B on Book { name: title ... on Book { reviews(first: 1) { stars } } }`
    const { body } = await hub.post({ query, operationName: 'This', variables: { first: 1 } })
    expect(body).toEqual({ data: { all: { nodes: [{ name: 'Dream of the Red Chamber', reviews: [{ stars: 1 }] }] } } })
    expect(await hub.ask('mutation { rename(id: "1", title: "Stone") { title reviews { stars } } }')).toEqual({
      data: { rename: { title: 'Stone', reviews: [{ stars: 1 }, { stars: 2 }] } },
    })
  })

  it('leaves out only what may not be seen, with FORBIDDEN at its path', async () => {
    expect(
      await hub.ask('{ books(first: 3) { nodes { id reviews { stars } } } no: book(id: "forbidden") { id } }'),
    ).toEqual({
      data: {
        books: {
          nodes: [
            { id: '1', reviews: [{ stars: 1 }, { stars: 2 }] },
            { id: '2', reviews: null },
            { id: '3', reviews: [{ stars: 3 }, { stars: 4 }] },
          ],
        },
        no: null,
      },
      errors: expect.arrayContaining([
        expect.objectContaining({ path: ['no'], extensions: { code: 'FORBIDDEN' } }),
        expect.objectContaining({ path: ['books', 'nodes', 1, 'reviews'], extensions: { code: 'FORBIDDEN' } }),
      ]),
    })
  })

  it('hides what went wrong behind an id that stands in the log', async () => {
    const { data, errors } = await hub.ask('{ book(id: "broken") { id } whoAmI }')
    expect(data).toEqual({ book: null, whoAmI: 'li' })
    expect(errors).toEqual([
      { message: expect.any(String), path: ['book'], extensions: { code: 'INTERNAL', id: expect.any(String) } },
    ])
    expect(JSON.stringify(errors)).not.toContain('hunter2')
    expect(hub.log.some(line => line.includes(errors![0]!.extensions.id as string))).toBe(true)
  })

  it('still gives what other subgraphs answer when one is down', async () => {
    hub.controls.down.add('reviews')
    const { data, errors } = await hub.ask('{ book(id: "1") { title reviews { stars } } bestReviews { stars } }')
    hub.controls.down.clear()
    expect(data).toEqual({ book: { title: 'Dream of the Red Chamber', reviews: null }, bestReviews: null })
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
  })

  it('gives nulls, not nothing, when all that was asked is down', async () => {
    hub.controls.down.add('reviews')
    const { data, errors } = await hub.ask('{ best: bestReviews { stars } }')
    hub.controls.down.clear()
    expect(data).toEqual({ best: null })
    expect(errors?.[0]).toMatchObject({ path: ['best'], extensions: { code: 'UNAVAILABLE' } })
  })

  it('tells subgraphs who asks, by which way, in which language', async () => {
    await hub.post({ query: '{ whoAmI }' }, { 'accept-language': 'en-GB,en;q=0.8' })
    expect(hub.controls.callers.at(-1)).toMatchObject({ personId: 'li', via: 'POST', lang: 'en-GB' })
    await hub.ask('{ whoAmI }')
    expect(hub.controls.callers.at(-1)).toMatchObject({ lang: 'zh-CN' })
  })

  it('plans each document once, whatever its variables, and keeps several operations of one apart', async () => {
    const query = 'query A($id: ID!) { book(id: $id) { title } } query B { whoAmI }'
    for (const id of ['1', '2']) {
      const { body } = await hub.post({ query, operationName: 'A', variables: { id } })
      expect(body.data.book.title).toMatch(id === '1' ? /Dream/ : /Journey/)
      expect((await hub.post({ query, operationName: 'B' })).body).toEqual({ data: { whoAmI: 'li' } })
    }
    expect((await hub.post({ query })).body.errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'operationName',
    })
  })

  it('logs each operation without its variables and counts it', async () => {
    await hub.post({ query: 'query Logged($v: JSON) { echo(value: $v) }', variables: { v: 'my secret text' } })
    const line = hub.log.findLast(one => one.includes('"Logged"'))
    expect(JSON.parse(line!)).toMatchObject({
      operation: 'Logged',
      kind: 'query',
      via: 'POST',
      person: 'li',
      ms: expect.any(Number),
    })
    expect(hub.log.join()).not.toContain('my secret text')
    expect(await (await fetch(`${hub.url}/metrics`)).text()).toMatch(
      /hub_gateway_operation_seconds_count\{kind="query"/,
    )
  })
})
