import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { HubError } from '../errors.js'
import { databaseError } from './databaseError.js'

/** Told of every error a client is not shown; returns the id under which the log knows it. */
export type HideError = (cause: Error, field: string | undefined) => string

const LONGEST_MESSAGE = 300

/**
 * The error a client sees for one that happened: hub errors as they are; what is wrong with the request itself as BAD_USER_INPUT; all else
 * hidden behind INTERNAL and an id.
 */
export function clientError(error: unknown, hide: HideError): GraphQLFormattedError {
  const path = error instanceof GraphQLError ? error.path : undefined
  const at = path ? { path } : {}
  const cause = causeOf(error)
  const shown = cause instanceof HubError ? cause : databaseError(cause)
  if (shown) return { message: shown.message, ...at, extensions: { ...shown.extensions } }
  if (error instanceof GraphQLError && !path && cause instanceof GraphQLError) {
    return { message: shorten(error.message), extensions: { code: 'BAD_USER_INPUT' } }
  }
  const id = hide(cause, fieldOf(error))
  return {
    message: `Something went wrong here. It stands in the log as ${id}.`,
    ...at,
    extensions: { code: 'INTERNAL', id },
  }
}

function causeOf(error: unknown): Error {
  let cause = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  return cause instanceof Error ? cause : new Error('Something that is no error was thrown.')
}

/** The field's own name: an alias is text of the client's, which may hold anything. */
function fieldOf(error: unknown): string | undefined {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined
  return node?.kind === 'Field' ? node.name.value : undefined
}

/** Messages about variables quote them, however long they are. */
const shorten = (message: string): string =>
  message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message
