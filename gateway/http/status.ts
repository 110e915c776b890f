import type { ErrorCode } from '../../kernel/errors.js'
import type { Answer } from '../operation/visit.js'

const OF_CODE: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
}

/**
 * The HTTP status of an answer, by the GraphQL over HTTP specification: executed operations have 200 whatever became of them; what was not
 * executed has 200 too for clients that only know `application/json`, and says so by status to those that accept
 * `application/graphql-response+json`. Who may not come in at all, or too often, is told so by status always.
 */
export function statusOf(answer: Answer, type: 'json' | 'graphql'): number {
  if (answer.data !== undefined || !answer.errors) return 200
  const { code, field } = (answer.errors[0]?.extensions ?? {}) as { code?: ErrorCode; field?: string }
  if (field === 'method') return 405
  if (code === 'UNAUTHENTICATED' || code === 'RATE_LIMITED') return OF_CODE[code]!
  return type === 'json' ? 200 : ((code && OF_CODE[code]) ?? 400)
}
