import type { DocumentNode, FormattedExecutionResult, GraphQLSchema } from 'graphql'

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
  /** The text of `document`, where the caller has it. */
  query?: string
  operationName?: string | null
  variables?: Record<string, unknown> | null
  /** null for the gateway itself (composition, health), which may see the schema and no row. */
  caller: Caller | null
  signal?: AbortSignal
}

export type SubgraphResult = FormattedExecutionResult

/** A stream of results. Leaving it (`return`) never waits for the next event. */
export type SubgraphStream = AsyncIterableIterator<SubgraphResult>

/** How the gateway reaches a subgraph, in this process or in another. Failures are results with errors; neither call throws. */
export interface SubgraphClient {
  readonly name: string
  /** Queries and mutations. */
  execute(request: SubgraphRequest): Promise<SubgraphResult>
  /** Subscriptions: one result per event. Ends when `signal` aborts or the source ends. */
  subscribe(request: SubgraphRequest): Promise<SubgraphStream | SubgraphResult>
}

export interface Subgraph extends SubgraphClient {
  /** SDL with federation directives, as committed in schema/. */
  readonly sdl: string
  readonly schema: GraphQLSchema
  start(): Promise<void>
  stop(): Promise<void>
}
