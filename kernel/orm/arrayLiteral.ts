const PLAIN = /^[\w.:+@-]+$/
/** A word that PostgreSQL would take for no value at all. */
const NULL = /^null$/i

/** A column of values as PostgreSQL writes an array of texts, `{a,"b c",NULL}`: it is read some two times faster than the same as JSON. */
export const arrayLiteral = (values: readonly unknown[]): string => `{${values.map(element).join(',')}}`

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  const text = textOf(value)
  return PLAIN.test(text) && !NULL.test(text) ? text : quoted(text)
}

/** As the value's own type is written. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array)
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  return String(value)
}

const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`
