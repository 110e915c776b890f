import { buildSchema } from 'graphql'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../clock.js'
import { InternalTokens } from './internalToken.js'
import { type SubgraphPort, subgraphPort } from './subgraphPort.js'
import type { Caller, SubgraphRequest } from './types.js'

const key = Buffer.alloc(32, 7)
const caller: Caller = { personId: 'agent-north-1', via: 'WS', requestId: 'r1', lang: 'en' }

describe('Internal tokens', () => {
  const clock = new TestClock()
  const tokens = new InternalTokens(key, clock)

  it('carry the caller, or the gateway itself', async () => {
    expect(await tokens.verify('crm', await tokens.sign('crm', caller))).toEqual(caller)
    expect(await tokens.verify('crm', await tokens.sign('crm', null))).toBeNull()
  })

  it('hold for one subgraph, one key, and half a minute', async () => {
    const token = await tokens.sign('crm', caller)
    await expect(tokens.verify('call', token)).rejects.toThrow()
    await expect(new InternalTokens(Buffer.alloc(32, 8), clock).verify('crm', token)).rejects.toThrow()
    clock.advance({ seconds: 36 })
    await expect(tokens.verify('crm', token)).rejects.toThrow()
  })

  it('without an end, unsigned, or with claims of another shape are refused', async () => {
    const endless = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('hub-gateway')
      .setAudience('crm')
      .sign(key)
    await expect(tokens.verify('crm', endless)).rejects.toThrow()
    const [, payload] = (await tokens.sign('crm', caller)).split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    await expect(tokens.verify('crm', unsigned)).rejects.toThrow()
  })

  it('refuse a key that could be guessed', () => {
    expect(() => new InternalTokens(Buffer.alloc(31), clock)).toThrow()
  })
})

describe('The port of a subgraph', () => {
  const tokens = new InternalTokens(key, new TestClock())
  const seen: SubgraphRequest[] = []
  let port: SubgraphPort
  let url: string

  beforeAll(async () => {
    port = subgraphPort({
      subgraph: {
        name: 'crm',
        sdl: '',
        schema: buildSchema('type Query { a: Int }'),
        execute: async request => {
          seen.push(request)
          return { data: { a: 1 } }
        },
        subscribe: async () => ({ data: null, errors: [{ message: 'no' }] }),
        start: async () => {},
        stop: async () => {},
      },
      tokens,
      bodyLimit: 1000,
    })
    url = await port.listen(0, '127.0.0.1')
  })
  afterAll(() => port.stop())

  const post = (body: string | Uint8Array<ArrayBuffer>, authorization?: string) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    })

  it('answers the bearer of an internal token, as that caller', async () => {
    const answer = await post('{"query":"{ a }","variables":{"x":1}}', `Bearer ${await tokens.sign('crm', caller)}`)
    expect([answer.status, await answer.json()]).toEqual([200, { data: { a: 1 } }])
    expect(seen.at(-1)).toMatchObject({ caller, query: '{ a }', variables: { x: 1 } })
  })

  it('refuses everything else, the schema and references included', async () => {
    const before = seen.length
    for (const query of [
      '{ a }',
      '{ _service { sdl } }',
      '{ __schema { types { name } } }',
      '{ _entities(representations: []) { __typename } }',
    ]) {
      for (const authorization of [
        undefined,
        'Bearer x',
        `Basic ${await tokens.sign('crm', caller)}`,
        `Bearer ${await tokens.sign('call', caller)}`,
      ]) {
        const answer = await post(JSON.stringify({ query }), authorization)
        expect(answer.status).toBe(401)
        expect((await answer.json()).errors[0].extensions.code).toBe('UNAUTHENTICATED')
      }
    }
    expect((await fetch(url)).status).toBe(401)
    expect(seen.length).toBe(before)
  })

  it('refuses bodies that are too long, no UTF-8, no JSON or no request', async () => {
    const authorization = `Bearer ${await tokens.sign('crm', caller)}`
    expect((await post('x'.repeat(1001), authorization)).status).toBe(413)
    expect((await post(new Uint8Array([0x7b, 0xff]), authorization)).status).toBe(400)
    expect((await post('{', authorization)).status).toBe(400)
    expect((await post('{"query":7}', authorization)).status).toBe(400)
    expect((await post('{"query":"{"}', authorization)).status).toBe(400)
  })
})
