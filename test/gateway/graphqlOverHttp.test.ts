import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startToyGateway, type ToyGateway, tokenOf } from './startToyGateway.js'

let hub: ToyGateway
beforeAll(async () => {
  hub = await startToyGateway()
})
afterAll(() => hub.gateway.stop())

/** As every program calls: with a token. */
const fetchFn = (url: string, init: RequestInit = {}) =>
  fetch(url, {
    ...init,
    headers: { authorization: `Bearer ${tokenOf()}`, ...(init.headers as Record<string, string>) },
  })

describe("The specification's audit suite, GraphQL over HTTP", () => {
  for (const audit of serverAudits({ url: () => `${hub.url}/graphql`, fetchFn })) {
    it(`${audit.id}: ${audit.name}`, async () => {
      const result = await audit.fn()
      if (result.status !== 'ok') expect(result.reason).toBe('nothing')
      expect(result.status).toBe('ok')
    })
  }
})

describe('GraphQL over HTTP', () => {
  const get = (query: string, headers: Record<string, string> = {}) =>
    fetchFn(`${hub.url}/graphql?${new URLSearchParams({ query })}`, { headers })

  it('answers queries by GET, and no mutations', async () => {
    expect(await (await get('{ whoAmI }')).json()).toEqual({ data: { whoAmI: 'li' } })
    expect(hub.controls.callers.at(-1)?.via).toBe('GET')
    const mutation = await get('mutation { rename(id: "1", title: "x") { id } }')
    expect(mutation.status).toBe(405)
    expect((await mutation.json()).errors[0].message).toContain('POST')
  })

  it('knows no other methods and no lists of operations', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const answer = await fetchFn(`${hub.url}/graphql`, {
        method,
        body: '{}',
        headers: { 'content-type': 'application/json' },
      })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
    }
    expect(await hub.post([{ query: '{ whoAmI }' }])).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    })
  })

  it('says with 200 what became of an executed operation, errors included', async () => {
    const accept = 'application/graphql-response+json'
    expect((await hub.post({ query: '{ book(id: "forbidden") { id } }' }, { accept })).status).toBe(200)
  })

  it('carries no subscription, and says what does', async () => {
    const { body } = await hub.post({ query: 'subscription { bookChanged { id } }' })
    expect(body.errors?.[0]?.message).toContain('text/event-stream')
  })

  it('forbids caches to keep answers', async () => {
    const { headers } = await hub.post({ query: '{ whoAmI }' })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-request-id')).toBeTruthy()
  })
})
