import { GraphQLError } from 'graphql'

/** Every code an answer may carry in `extensions.code`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'ALREADY_OWNED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'CURSOR_EXPIRED'
  | 'INTERNAL'

/**
 * An error a client may see: its message says what to do next and holds no personal value and no rule the viewer may not see.
 * Anything that is not a HubError is hidden at the gateway behind `INTERNAL` and an id that stands in the log.
 */
export class HubError extends GraphQLError {
  constructor(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } })
    this.name = 'HubError'
  }

  get code(): ErrorCode {
    return this.extensions.code as ErrorCode
  }
}

export const unauthenticated = (message = 'Sign in: send a valid token as "authorization: Bearer …".') =>
  new HubError('UNAUTHENTICATED', message)

export const forbidden = (message = 'You may not see or do this.') => new HubError('FORBIDDEN', message)

/** A row one may not read answers with this too, so that its existence stays unknown. */
export const notFound = (what: string) => new HubError('NOT_FOUND', `There is no such ${what}, or you may not see it.`)

/** `field` is the path of the input that is wrong, such as `input.phone`. */
export const badInput = (field: string, message: string) => new HubError('BAD_USER_INPUT', message, { field })

/** For a text that `isText` does not take. */
export const unreadableText = (field: string) => badInput(field, 'There are characters in it that nobody can read.')

export const conflict = (what: string) =>
  new HubError('CONFLICT', `Somebody changed this ${what} meanwhile. Read it again, then repeat your change.`)

export const alreadyOwned = () => new HubError('ALREADY_OWNED', 'Somebody already cares for this customer.')

export const rateLimited = (message: string, retryAfterSeconds?: number) =>
  new HubError('RATE_LIMITED', message, retryAfterSeconds === undefined ? {} : { retryAfterSeconds })

export const unavailable = (what: string) =>
  new HubError('UNAVAILABLE', `${what} cannot be reached just now. Try again.`)

export const cursorExpired = () =>
  new HubError(
    'CURSOR_EXPIRED',
    'Events after this cursor are no longer kept. Query the present state, then subscribe without a cursor.',
  )

/** The message of anything thrown, for the log. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
