import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { ErrorCode } from '../../kernel/errors.js'
import { clientError, type HideError } from '../../kernel/subgraph/index.js'

const CODES: Readonly<Record<ErrorCode, true>> = {
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  NOT_FOUND: true,
  BAD_USER_INPUT: true,
  CONFLICT: true,
  ALREADY_OWNED: true,
  RATE_LIMITED: true,
  UNAVAILABLE: true,
  CURSOR_EXPIRED: true,
  INTERNAL: true,
}

/** Errors of an executed operation as a client sees them. Those of subgraphs carry a code and are fit already; all others are hidden. */
export function shownErrors(errors: readonly GraphQLError[], hide: HideError): GraphQLFormattedError[] {
  return errors.map(error => {
    const { message, path, extensions } = error
    return Object.hasOwn(CODES, String(extensions?.code)) ? { message, path, extensions } : clientError(error, hide)
  })
}
