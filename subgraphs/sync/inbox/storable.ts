import { createHash } from 'node:crypto'
import type { CallFact } from '../../../kernel/ports/index.js'
import { readable } from '../../../kernel/text.js'

/** What an index takes for certain, with room to spare. */
const LONGEST_KEY = 300

/** An id as a system gave it. One that cannot be stored as it is, or is longer than any id, is known by its digest. */
export function storableKey(key: string): string {
  if (key.length <= LONGEST_KEY && readable(key) === key) return key
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/** The fact as it can be stored: a system may put anything into its texts, and nothing of a call shall be lost for that. */
export function storableFact(fact: CallFact): CallFact {
  const entries = Object.entries(fact).map(([name, value]) => [
    name,
    typeof value === 'string' ? (KEYS.has(name) ? storableKey(value) : readable(value)) : value,
  ])
  return Object.fromEntries(entries) as CallFact
}

const KEYS: ReadonlySet<string> = new Set<keyof CallFact>(['key', 'callId', 'legId', 'toLegId'])
