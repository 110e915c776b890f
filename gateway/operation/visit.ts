import type { FormattedExecutionResult } from 'graphql'
import type { Caller } from '../../kernel/subgraph/index.js'
import type { Identity } from '../identity/identity.js'

/** Who comes with an operation, and by which way. */
export interface Visit {
  /** null: no token. */
  identity: Identity | null
  via: Caller['via']
  requestId: string
  lang: string
  /** Of the network, for counting strangers. */
  address: string
  signal?: AbortSignal
}

/** What a client asks, before anything of it was checked. */
export interface Asked {
  query: string
  operationName?: string | null
  variables?: Record<string, unknown> | null
}

export type Answer = FormattedExecutionResult
export type AnswerStream = AsyncIterableIterator<Answer>
