import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { FEDERATION_LINK } from '../../kernel/subgraph/federation.js'
import type { Caller, SubgraphClient, SubgraphResult, SubgraphStream } from '../../kernel/subgraph/index.js'
import { composeSupergraph } from '../compose.js'
import { emptyAnswer } from './emptyAnswer.js'
import { inTime } from './inTime.js'
import { openSupergraph, type RawResult, type RawStream } from './openSupergraph.js'

const caller: Caller = { personId: 'li', via: 'WS', requestId: 'r', lang: 'en' }

async function* stream(...results: SubgraphResult[]): SubgraphStream {
  yield* results
}

const open = async (client: Partial<SubgraphClient>, ms?: number) => {
  const sdl = `${FEDERATION_LINK}\ntype Query { a: Int b: Int }\ntype Subscription { n: Int }`
  const away: SubgraphClient = {
    name: 'one',
    execute: async () => ({ data: {} }),
    subscribe: async () => ({ data: {} }),
  }
  return openSupergraph(composeSupergraph([{ name: 'one', sdl }]), [{ ...away, ...client }], ms)
}

describe('Events of a subscription', () => {
  it('each have their own data and errors, whatever the executor keeps', async () => {
    const error = { message: 'no', path: ['n'], extensions: { code: 'FORBIDDEN' } }
    const results = [
      { data: { n: 1 } },
      { data: { n: null }, errors: [error] },
      { data: null, errors: [error] },
      { errors: [error] },
      { data: { n: 5 } },
    ]
    const supergraph = await open({ subscribe: async () => stream(...(results as SubgraphResult[])) })
    const events = (await supergraph.execute({
      document: parse('subscription { n }'),
      variables: {},
      caller,
    })) as RawStream
    const seen: RawResult[] = []
    for await (const event of events) seen.push(event)
    expect(seen.map(({ data, errors }) => [data, errors?.length ?? 0])).toEqual([
      [{ n: 1 }, 0],
      [{ n: null }, 1],
      [{ n: null }, 1],
      [{ n: null }, 1],
      [{ n: 5 }, 0],
    ])
  })
})

describe('A subgraph that hangs', () => {
  it('is answered for after its time', async () => {
    const supergraph = await open({ execute: () => new Promise(() => {}) }, 10)
    const result = (await supergraph.execute({ document: parse('{ a b }'), variables: {}, caller })) as RawResult
    expect(result.data).toEqual({ a: null, b: null })
    expect(result.errors?.[0]?.extensions.code).toBe('UNAVAILABLE')
  })

  it('and streams after all is left at once', async () => {
    const late = Promise.withResolvers<string>()
    const left = Promise.withResolvers<string>()
    expect(await inTime(late.promise, 5, 'one', left.resolve)).toMatchObject({
      errors: [{ extensions: { code: 'UNAVAILABLE' } }],
    })
    late.resolve('stream')
    expect(await left.promise).toBe('stream')
  })
})

describe('An empty answer', () => {
  it('has null for every field asked for, under its alias', () => {
    expect(emptyAnswer(parse('query A { a } query B { x: a b }'), 'B')).toEqual({ x: null, b: null })
  })
})
