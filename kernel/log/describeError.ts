const SQLSTATE = /^[0-9A-Z]{5}$/
// Errors of these classes speak of the server or of names in the schema; all others may quote a value of a row.
const SPEAKS_OF_NO_VALUE = /^(08|25|28|3D|40|42|53|55|57|58)/

/** What the log says about an error. Of database errors it leaves out the statement and, where a value may be quoted, the message. */
export function describeError(error: Error): Record<string, unknown> {
  const { code, constraint, table, cause } = error as Error & Record<'code' | 'constraint' | 'table' | 'cause', unknown>
  const sqlState = typeof code === 'string' && SQLSTATE.test(code) ? code : null
  return {
    type: error.constructor.name,
    message: sqlState ? databaseMessage(sqlState, error.message) : error.message,
    stack: frames(error.stack),
    ...(code === undefined ? {} : { code }),
    ...(sqlState && constraint ? { constraint } : {}),
    ...(sqlState && table ? { table } : {}),
    ...(cause instanceof Error && !sqlState ? { cause } : {}),
    ...(error instanceof AggregateError ? { errors: error.errors } : {}),
  }
}

/** MikroORM puts the statement with its values before the server's message, behind a dash on a line of its own. */
function databaseMessage(sqlState: string, message: string): string {
  if (!SPEAKS_OF_NO_VALUE.test(sqlState)) return 'The database refused a value.'
  return message.slice(message.lastIndexOf('\n') + 1).replace(/^.* - /, '')
}

/** Without its head, which repeats the message. */
const frames = (stack = '') =>
  stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .map(line => line.trim())
    .join('\n')
