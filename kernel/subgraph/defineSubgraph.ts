import { randomUUID } from 'node:crypto'
import type { ApolloServerPlugin } from '@apollo/server'
import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  validate,
} from 'graphql'
import type { Log } from '../log/index.js'
import { ApolloExecutor } from './apolloExecutor.js'
import { clientError } from './clientError.js'
import { EventStream } from './eventStream.js'
import { type FederatedSchemaParts, federatedSchema } from './federatedSchema.js'
import { FEDERATION_LINK } from './federation.js'
import { isSchemaOnly } from './schemaOnly.js'
import type { Subgraph, SubgraphRequest, SubgraphResult, SubgraphStream } from './types.js'

export interface SubgraphSettings<C extends object> extends Omit<FederatedSchemaParts, 'header'> {
  name: string
  /** Wraps what may not be read by everyone; gets the built schema, with the subgraph's directives on it. */
  guard(schema: GraphQLSchema): GraphQLSchema
  /** Once per operation and once per event of a subscription; refuses by throwing a HubError. */
  contextFor(request: SubgraphRequest): Promise<C>
  /** After the operation or event was executed and before it is answered; if it fails, nothing is answered. */
  finish?(context: C): Promise<void>
  plugins?: readonly ApolloServerPlugin[]
  header?: string
  log: Log
}

/** A federated subgraph from type-graphql classes, to be called in this process or offered to others on a port (`subgraphPort`). */
export async function defineSubgraph<C extends object>(settings: SubgraphSettings<C>): Promise<Subgraph> {
  const { name, guard, contextFor, finish, plugins = [], header = FEDERATION_LINK } = settings
  const log = settings.log.child({ subgraph: name })
  const { sdl, schema: unguarded } = await federatedSchema({ ...settings, header })
  const schema = guard(unguarded)

  const toClient = (error: unknown) =>
    clientError(error, (cause, field) => {
      const id = randomUUID()
      log.error({ id, field, error: cause }, 'An error was hidden from the client')
      return id
    })
  const failed = (error: unknown): SubgraphResult => ({ errors: [toClient(error)] })
  const apollo = new ApolloExecutor({ sdl, schema, plugins, log, toClient })
  const problemsOf = rememberProblems(schema)

  async function run(request: SubgraphRequest): Promise<SubgraphResult> {
    if (request.caller === null && isSchemaOnly(request.document, request.operationName)) return apollo.run(request, {})
    const context = await contextFor(request)
    const result = await apollo.run(request, context)
    await finish?.(context)
    return result
  }

  async function follow(request: SubgraphRequest): Promise<SubgraphStream | SubgraphResult> {
    const { document, operationName, variables: variableValues } = request
    const problems = problemsOf(document)
    if (problems.length > 0) return { errors: problems.map(toClient) }
    const operation = { schema, document, operationName, variableValues }
    const contextValue = await contextFor(request)
    const source = await createSourceEventStream({ ...operation, contextValue })
    await finish?.(contextValue)
    if (!(Symbol.asyncIterator in source)) return { errors: (source.errors ?? []).map(toClient) }

    // graphql-js's own `subscribe` would hand one context to all events: stale rows, loaders and permissions.
    const answer = async (rootValue: unknown): Promise<SubgraphResult> => {
      const context = await contextFor(request)
      const { data, errors } = await execute({ ...operation, rootValue, contextValue: context })
      await finish?.(context)
      return errors ? { data, errors: errors.map(toClient) } : { data }
    }
    return new EventStream(source, answer, failed, request.signal)
  }

  return {
    name,
    sdl,
    schema,
    execute: request => run(request).catch(failed),
    subscribe: request => follow(request).catch(failed),
    start: () => apollo.start(),
    stop: () => apollo.stop(),
  }
}

function rememberProblems(schema: GraphQLSchema): (document: DocumentNode) => readonly GraphQLError[] {
  const known = new WeakMap<DocumentNode, readonly GraphQLError[]>()
  return document => {
    let problems = known.get(document)
    if (!problems) {
      problems = validate(schema, document)
      known.set(document, problems)
    }
    return problems
  }
}
