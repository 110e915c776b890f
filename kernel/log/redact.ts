import { maskFreeText } from '../mask/index.js'
import { describeError } from './describeError.js'
import { isSensitiveKey } from './sensitiveKey.js'

const REDACTED = '[redacted]'
const DEEPEST = 6
const LONGEST_LIST = 50
const LONGEST_TEXT = 2_000

// Credentials in a connection string, a bearer token, and a token standing by itself.
const CREDENTIALS = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*:[^\s@]*@/gi, '$1***@'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
] as const

/** A text without telephone numbers, e-mail addresses, id-card numbers, and credentials. */
export function scrub(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
  return maskFreeText(CREDENTIALS.reduce((clean, [pattern, mask]) => clean.replaceAll(pattern, mask), short))
}

/**
 * A copy fit for the log: whatever stands under a sensitive name is gone, every other text is scrubbed, errors keep their type, code,
 * message and stack. Only plain values come out, so that no `toJSON` of a class can bring something back.
 */
export function redact(fields: object): Record<string, unknown> {
  if (fields instanceof Error) return { err: clean(fields, 0, []) }
  return cleanRecord(fields, 0, [fields])
}

function cleanRecord(record: object, depth: number, above: readonly object[]): Record<string, unknown> {
  const entries =
    record instanceof Map ? [...record].map(([key, value]) => [String(key), value]) : Object.entries(record)
  return Object.fromEntries(
    entries.map(([key, value]) => [
      scrub(key),
      isSensitiveKey(key) && value !== null && value !== undefined ? REDACTED : clean(value, depth + 1, above),
    ]),
  )
}

function clean(value: unknown, depth: number, above: readonly object[]): unknown {
  if (typeof value === 'string') return scrub(value)
  if (typeof value === 'number')
    return Math.abs(value) < 1e10 || !Number.isInteger(value) ? value : scrub(String(value))
  if (typeof value === 'bigint') return scrub(String(value))
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (above.includes(value) || depth > DEEPEST) return '[…]'
  const path = [...above, value]
  if (value instanceof Error) return clean(describeError(value), depth, path)
  if (Array.isArray(value) || value instanceof Set)
    return [...value].slice(0, LONGEST_LIST).map(one => clean(one, depth + 1, path))
  return cleanRecord(value, depth, path)
}
