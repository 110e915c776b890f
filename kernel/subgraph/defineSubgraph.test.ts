import { type GraphQLSchema, parse } from 'graphql'
import {
  Arg,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import { describe, expect, it } from 'vitest'
import { forbidden, unauthenticated } from '../errors.js'
import { defineSubgraph, type Subgraph, type SubgraphSettings, type SubgraphStream } from './index.js'
import type { Caller, SubgraphRequest } from './types.js'

class Ctx {
  /** Private on purpose: a copied context would break on it. */
  readonly #person: string
  static made = 0
  readonly number = ++Ctx.made

  constructor(person: string) {
    this.#person = person
  }

  get person(): string {
    return this.#person
  }
}

@ObjectType({ description: 'A tea.' })
@Directive('@key(fields: "id")')
class Tea {
  @Field(() => ID)
  id!: string
  @Field(() => String, { nullable: true })
  name!: string
}

@Resolver(() => Tea)
class TeaResolver {
  @Query(() => Tea, { nullable: true, description: 'One tea.' })
  tea(@Arg('id', () => ID) id: string, @Arg('steep', () => Int, { nullable: true }) steep: number | null): Tea | null {
    if (id === 'secret') throw forbidden()
    if (id === 'broken') throw new Error('password=hunter2')
    if (id === 'malformed') throw Object.assign(new Error('invalid input syntax for type uuid'), { code: '22P02' })
    return { id, name: steep ? `steeped ${steep}` : 'green' }
  }

  @FieldResolver(() => String, { nullable: true })
  drinker(@Root() _tea: Tea, @Arg('nothing', () => String, { nullable: true }) _nothing: string | null): string {
    return 'nobody'
  }

  @Query(() => String, { nullable: true })
  me(): string {
    return 'me'
  }

  @Subscription(() => Int, {
    nullable: true,
    subscribe: ({ context }: SubscribeResolverData<unknown, object, Feed>) => context.events(),
  })
  contextNumber(@Root() event: number): number {
    if (event === 13) throw new Error('unlucky')
    return event
  }
}

interface Feed {
  events(): AsyncIterable<unknown>
}

const caller: Caller = { personId: 'agent-north-1', via: 'POST', requestId: 'r1', lang: 'zh-CN' }
const lines: object[] = []
const log = {
  debug() {},
  info() {},
  warn() {},
  error: (fields: object | string) => void lines.push(Object(fields)),
  child: () => log,
}

const subgraphOf = (more: Partial<SubgraphSettings<object>> = {}): Promise<Subgraph> =>
  defineSubgraph<object>({
    name: 'tea',
    resolvers: [TeaResolver],
    referenceResolvers: {
      Tea: async ({ id }: { id: string }) => {
        if (id === 'secret') throw forbidden()
        return id === 'none' ? null : { id, name: `tea ${id}` }
      },
    },
    guard: schema => schema,
    contextFor: async request => new Ctx(request.caller?.personId ?? 'nobody'),
    log,
    ...more,
  })

const ask = (query: string, more: Partial<SubgraphRequest> = {}): SubgraphRequest => ({
  document: parse(query),
  caller,
  ...more,
})

describe('A subgraph', () => {
  it('prints its SDL with federation head, keys, descriptions, and arguments in the order they are written', async () => {
    const { sdl } = await subgraphOf()
    expect(sdl).toContain('https://specs.apollo.dev/federation/v2')
    expect(sdl).toMatch(/"""A tea."""\ntype Tea @key\(fields: "id"\)/)
    expect(sdl).toContain('tea(id: ID!, steep: Int): Tea')
    expect((await subgraphOf()).sdl).toBe(sdl)
  })

  it('executes queries with the context object itself, not with a copy', async () => {
    let seen: unknown
    const made = new Ctx('li')
    const subgraph = await subgraphOf({
      guard: (schema: GraphQLSchema) => {
        const field = schema.getQueryType()!.getFields().me!
        field.resolve = (_root, _args, ctx: Ctx) => {
          seen = ctx
          return ctx.person
        }
        return schema
      },
      contextFor: async () => made,
    })
    expect(await subgraph.execute(ask('{ me }'))).toEqual({ data: { me: 'li' } })
    expect(seen).toBe(made)
  })

  it('resolves references each by itself: one refused leaves the others', async () => {
    const subgraph = await subgraphOf()
    const representations = ['a', 'secret', 'none'].map(id => ({ __typename: 'Tea', id }))
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Tea { id name } } }'
    const { data, errors } = await subgraph.execute(ask(query, { variables: { r: representations } }))
    expect(data).toEqual({ _entities: [{ id: 'a', name: 'tea a' }, null, null] })
    expect(errors).toEqual([{ message: expect.any(String), path: ['_entities', 1], extensions: { code: 'FORBIDDEN' } }])
  })

  it('shows hub errors, hides all others behind an id that the log knows', async () => {
    lines.length = 0
    const subgraph = await subgraphOf()
    const query =
      '{ a: tea(id: "secret") { id } b: tea(id: "broken") { id } c: tea(id: "malformed") { id } d: tea(id: "x") { id } }'
    const { data, errors } = await subgraph.execute(ask(query))
    expect(data).toEqual({ a: null, b: null, c: null, d: { id: 'x' } })
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['a'], 'FORBIDDEN'],
      [['b'], 'INTERNAL'],
      [['c'], 'BAD_USER_INPUT'],
    ])
    expect(JSON.stringify(errors)).not.toContain('hunter2')
    expect(lines).toEqual([{ id: errors?.[1]?.extensions?.id, field: 'tea', error: expect.any(Error) }])
  })

  it('answers a wrong query and wrong variables with BAD_USER_INPUT, without suggestions', async () => {
    const subgraph = await subgraphOf()
    const wrong = await subgraph.execute(ask('{ tee(id: "x") { id } }'))
    expect(wrong.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
    expect(wrong.errors?.[0]?.message).not.toContain('tea')
    const query = 'query ($id: ID!) { tea(id: $id) { id } }'
    const absurd = await subgraph.execute(ask(query, { variables: { id: { x: 'y'.repeat(10_000) } } }))
    expect(absurd.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    expect(absurd.errors?.[0]?.message.length).toBeLessThan(400)
  })

  it('refuses as a whole when there is no context for the caller', async () => {
    const subgraph = await subgraphOf({ contextFor: () => Promise.reject(unauthenticated()) })
    const { data, errors } = await subgraph.execute(ask('{ me }'))
    expect(data).toBeUndefined()
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  })

  it('tells the gateway itself its schema, and nothing else', async () => {
    const contextFor = async ({ caller }: SubgraphRequest) => {
      if (!caller) throw unauthenticated()
      return {}
    }
    const subgraph = await subgraphOf({ contextFor })
    const schema = await subgraph.execute(ask('{ _service { sdl } __schema { queryType { name } } }', { caller: null }))
    expect(schema.errors).toBeUndefined()
    expect(JSON.stringify(schema.data)).toContain('type Tea')
    const rows = await subgraph.execute(ask('{ _service { sdl } me }', { caller: null }))
    expect(rows.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  })

  it('does not answer when what belongs to the operation could not be finished', async () => {
    const subgraph = await subgraphOf({ finish: () => Promise.reject(new Error('no audit')) })
    const { data, errors } = await subgraph.execute(ask('{ me }'))
    expect(data).toBeUndefined()
    expect(errors?.[0]?.extensions?.code).toBe('INTERNAL')
  })
})

describe('A subscription', () => {
  async function* numbers(...all: number[]) {
    yield* all
  }
  const stream = (result: unknown) => result as SubgraphStream

  it('executes each event in a context of its own, and finishes each', async () => {
    const contexts: object[] = []
    const finished: object[] = []
    const subgraph = await subgraphOf({
      contextFor: async () => {
        const context = { events: () => numbers(1, 2) }
        contexts.push(context)
        return context
      },
      finish: async context => void finished.push(context),
    })
    const seen: unknown[] = []
    for await (const result of stream(await subgraph.subscribe(ask('subscription { contextNumber }'))))
      seen.push(result)
    expect(seen).toEqual([{ data: { contextNumber: 1 } }, { data: { contextNumber: 2 } }])
    expect(new Set(contexts).size).toBe(3)
    expect(finished).toEqual(contexts)
  })

  it('maps errors of an event as those of a query, and goes on', async () => {
    const subgraph = await subgraphOf({ contextFor: async () => ({ events: () => numbers(13, 2) }) })
    const events = stream(await subgraph.subscribe(ask('subscription { contextNumber }')))
    expect((await events.next()).value).toMatchObject({
      data: { contextNumber: null },
      errors: [{ path: ['contextNumber'], extensions: { code: 'INTERNAL' } }],
    })
    expect((await events.next()).value).toEqual({ data: { contextNumber: 2 } })
  })

  it('ends after the error when the caller is known no more', async () => {
    let asked = 0
    const contextFor = async () => {
      if (++asked > 1) throw unauthenticated()
      return { events: () => numbers(1, 2) }
    }
    const events = stream(await (await subgraphOf({ contextFor })).subscribe(ask('subscription { contextNumber }')))
    expect((await events.next()).value.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await events.next()).done).toBe(true)
  })

  it('is left at once while it waits for an event, and when its signal aborts', async () => {
    let returned = 0
    const silent = () => ({
      next: () => new Promise<never>(() => {}),
      return: async () => {
        returned++
        return { value: undefined, done: true as const }
      },
      [Symbol.asyncIterator]() {
        return this
      },
    })
    const subgraph = await subgraphOf({ contextFor: async () => ({ events: silent }) })
    const events = stream(await subgraph.subscribe(ask('subscription { contextNumber }')))
    const waiting = events.next()
    await events.return?.()
    expect((await waiting).done).toBe(true)

    const abort = new AbortController()
    const others = stream(await subgraph.subscribe(ask('subscription { contextNumber }', { signal: abort.signal })))
    const last = others.next()
    abort.abort()
    expect((await last).done).toBe(true)
    expect(returned).toBe(2)
  })

  it('is refused with its errors when it is no valid one', async () => {
    const subgraph = await subgraphOf()
    expect(await subgraph.subscribe(ask('subscription { other }'))).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })
})
