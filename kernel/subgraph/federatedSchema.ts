import { buildSubgraphSchema } from '@apollo/subgraph'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import { type GraphQLDirective, type GraphQLSchema, parse, specifiedDirectives } from 'graphql'
import { buildSchema, createResolversMap, getMetadataStorage, type NonEmptyArray, type PubSub } from 'type-graphql'

export interface FederatedSchemaParts {
  /** type-graphql resolver classes. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes classes as Function
  resolvers: Function[]
  /** Type name → loader of one entity by its reference. */
  // biome-ignore lint/suspicious/noExplicitAny: references and contexts differ per subgraph; graphql-js hands them over untyped
  referenceResolvers: Record<string, (reference: any, ctx: any) => Promise<object | null>>
  /** Classes no resolver mentions, such as entities that are reached by reference only. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes classes as Function
  orphanedTypes?: Function[]
  /** Definitions of the subgraph's own directives. */
  directives?: readonly GraphQLDirective[]
  /** The `extend schema @link(…)` that stands at the top. */
  header: string
}

/** One schema with its resolvers and its federation fields, from classes. */
export async function federatedSchema(parts: FederatedSchemaParts): Promise<{ sdl: string; schema: GraphQLSchema }> {
  arrangeMetadata()
  const plain = await buildSchema({
    resolvers: parts.resolvers as NonEmptyArray<(typeof parts.resolvers)[number]>,
    orphanedTypes: parts.orphanedTypes ?? [],
    directives: [...specifiedDirectives, ...(parts.directives ?? [])],
    validate: false,
    // It knows nothing of federation directives; buildSubgraphSchema checks the outcome.
    skipCheck: true,
    pubSub: noPubSub,
  })
  describeRoots(plain)
  const sdl = `${parts.header}\n\n${printSchemaWithDirectives(plain).trim()}\n`
  const resolvers = createResolversMap(plain) as Record<string, object>
  for (const [type, resolve] of Object.entries(parts.referenceResolvers)) {
    // A loader that threw synchronously would null all entities of the request.
    resolvers[type] = { ...resolvers[type], __resolveReference: async (ref: object, ctx: object) => resolve(ref, ctx) }
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])
  return { sdl, schema }
}

/** type-graphql makes the root types itself and describes them not. */
function describeRoots(schema: GraphQLSchema): void {
  const roots = [
    [
      schema.getQueryType(),
      'What can be asked. A part that is down leaves its fields null and the rest of the answer whole.',
    ],
    [schema.getMutationType(), 'What can be changed. Every change is audited.'],
    [schema.getSubscriptionType(), 'What can be followed as it happens, over WebSocket or server-sent events.'],
  ] as const
  for (const [type, description] of roots) if (type) type.description = description
}

/**
 * Decorators run from the last parameter to the first, so that arguments would be printed backwards; and plain fields would each get a
 * resolver that allocates, where graphql-js's own does not.
 */
function arrangeMetadata(): void {
  const storage = getMetadataStorage()
  storage.params.sort((a, b) => a.index - b.index)
  for (const field of storage.fields) field.simple ??= field.name === field.schemaName
}

/** Every subscription brings its own `subscribe`. */
const noPubSub: PubSub = {
  publish: () => {
    throw new Error('Nothing is published here: append an event to the feed.')
  },
  subscribe: () => {
    throw new Error('A subscription needs a `subscribe` of its own.')
  },
}
