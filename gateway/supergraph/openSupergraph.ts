import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { buildSchema, type DocumentNode, type ExecutionResult, type GraphQLError, type GraphQLSchema } from 'graphql'
import type {
  Caller,
  SubgraphClient,
  SubgraphRequest,
  SubgraphResult,
  SubgraphStream,
} from '../../kernel/subgraph/index.js'
import { apiSchemaSdl } from '../compose.js'
import { emptyAnswer } from './emptyAnswer.js'
import { inTime } from './inTime.js'

export interface PlannedRequest {
  /** One operation with its fragments, valid against `schema`. Plans are kept for as long as this object lives. */
  document: DocumentNode
  operationName?: string | null
  variables: Record<string, unknown>
  caller: Caller
  signal?: AbortSignal
}

/** An answer with its errors as they came, not yet fit for clients. */
export interface RawResult {
  data?: Record<string, unknown> | null
  errors?: readonly GraphQLError[]
}

export type RawStream = AsyncIterableIterator<RawResult>

export interface Supergraph {
  /** What clients see. */
  schema: GraphQLSchema
  /** Plans and executes; throws the errors of variables that do not fit. */
  execute(request: PlannedRequest): Promise<RawResult | RawStream>
}

/** Milliseconds a subgraph has for one answer. */
const SUBGRAPH_MS = 30_000

/**
 * The federated graph over its subgraphs, planned by Hive's Rust planner. Called without its HTTP layer: limits, identity and the three
 * transports are the gateway's own.
 */
export async function openSupergraph(
  sdl: string,
  subgraphs: readonly SubgraphClient[],
  subgraphMs = SUBGRAPH_MS,
): Promise<Supergraph> {
  const clients = new Map(subgraphs.map(client => [client.name, client]))
  const graph = buildSchema(sdl, { assumeValid: true, assumeValidSDL: true, noLocation: true })
  const { executor } = await unifiedGraphHandler({
    unifiedGraph: graph,
    getUnifiedGraphSDL: () => sdl,
    onSubgraphExecute: async (name, { document, operationName, operationType, variables, context }) => {
      const client = clients.get(name)
      if (!client) throw new Error(`The supergraph names the subgraph ${name}, which is not here.`)
      const { caller, signal } = context as Hop
      const request: SubgraphRequest = { document, operationName, variables: variables ?? null, caller, signal }
      const complete = (result: SubgraphResult): ExecutionResult =>
        ({ ...result, data: result.data ?? emptyAnswer(document, operationName) }) as ExecutionResult
      if (operationType !== 'subscription') return complete(await inTime(client.execute(request), subgraphMs, name))
      const events = await inTime(client.subscribe(request), subgraphMs, name, leave)
      return Symbol.asyncIterator in events ? each(events, complete) : (events as ExecutionResult)
    },
  })
  if (!executor) throw new Error('The planner gave no executor.')

  return {
    schema: buildSchema(apiSchemaSdl(sdl)),
    execute: async ({ document, operationName, variables, caller, signal }) => {
      const context: Hop = { caller, signal }
      // No `signal` here: a plan interrupted by it would be remembered as failed, for everyone.
      const result = await executor({ document, operationName: operationName ?? undefined, variables, context })
      return Symbol.asyncIterator in result ? each(result as AsyncIterable<RawResult>, settle) : settle(result)
    },
  }
}

const leave = (late: SubgraphStream | SubgraphResult): void => {
  if (Symbol.asyncIterator in late) void late.return?.()
}

interface Hop {
  caller: Caller
  signal?: AbortSignal
}

/** The executor keeps one list of errors for all events of a subscription: each takes its own out of it. */
function settle({ data, errors }: RawResult): RawResult {
  return errors?.length ? { data, errors: (errors as GraphQLError[]).splice(0) } : { data }
}

function each<A, B>(source: AsyncIterable<A>, map: (value: A) => B): AsyncIterableIterator<B> {
  const from = source[Symbol.asyncIterator]()
  return {
    next: async () => {
      const { value, done } = await from.next()
      return done ? { value: undefined, done } : { value: map(value), done: false }
    },
    return: async () => {
      await from.return?.()
      return { value: undefined, done: true }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
