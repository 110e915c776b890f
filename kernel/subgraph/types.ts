import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'

/** Who calls, as the gateway found out from the token, and how. Travels in a signed internal token where there is a port between. */
export interface Caller {
  personId: string
  /** `full` is refused over GET. */
  via: 'GET' | 'POST' | 'WS' | 'SSE'
  requestId: string
  /** Language for messages to people. */
  lang: string
}

export interface SubgraphRequest {
  document: DocumentNode
  query?: string
  operationName?: string | null
  variables?: Record<string, unknown> | null
  /** null for the gateway itself (composition, health), which may see no row. */
  caller: Caller | null
  signal?: AbortSignal
}

export interface Subgraph {
  name: string
  /** SDL with federation directives, as committed in schema/. */
  sdl: string
  schema: GraphQLSchema
  /** Queries and mutations, through Apollo Server with its plugins. */
  execute(request: SubgraphRequest): Promise<ExecutionResult>
  /** Subscriptions: one result per event, each executed in a fresh context. Ends when `signal` aborts or the source ends. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>
  start(): Promise<void>
  stop(): Promise<void>
}
