import { OptimisticLockError } from '@mikro-orm/core'
import { conflict, HubError, unavailable } from '../errors.js'

/** Text or numbers that PostgreSQL cannot read as the column's type: ids that are no uuid, NUL in text, numbers out of range. */
const MALFORMED = new Set(['22P02', '22P05', '22003', '22007', '22008', '22021'])
const LOST = /^(08|53|57P)/
const LOST_SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT'])
const COLLIDED = new Set(['40001', '40P01'])

/** What the driver says of a connection that broke under it, where it has no code for that. */
const BROKEN =
  /(Connection terminated( unexpectedly| due to connection timeout)?|is not queryable|timeout exceeded when trying to connect)$/

/** What a client may be told about an error of the database driver; null where it is the hub's own fault. Its `code` is SQLSTATE or errno. */
export function databaseError(error: { code?: unknown; message: string }): HubError | null {
  // Somebody else changed the row between reading and writing it.
  if (error instanceof OptimisticLockError) return conflict('record')
  const { code, message } = error
  if (typeof code !== 'string') return BROKEN.test(message) ? unavailable('The database') : null
  if (MALFORMED.has(code)) return new HubError('BAD_USER_INPUT', 'A value is not of the form it must have.')
  if (COLLIDED.has(code)) return conflict('record')
  if (LOST.test(code) || LOST_SOCKET.has(code)) return unavailable('The database')
  return null
}
