import { createHash } from 'node:crypto'
import type { CallFact, PresenceFact } from '../../../kernel/ports/index.js'
import { readable } from '../../../kernel/text.js'

/** What an index takes for certain, with room to spare. */
const LONGEST_KEY = 300

/** An id as a system gave it. One that cannot be stored as it is, or is longer than any id, is known by its digest. */
export function storableKey(key: string): string {
  if (key.length <= LONGEST_KEY && readable(key) === key) return key
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/** The fact as it can be stored: a system may put anything into its texts, and nothing of a call shall be lost for that. */
export const storableFact = (fact: CallFact): CallFact => storable(fact, CALL_KEYS)

/** Its extension and its queue are parts of a key as well. */
export const storablePresence = (fact: PresenceFact): PresenceFact => storable(fact, PRESENCE_KEYS)

function storable<T extends object>(fact: T, keys: ReadonlySet<string>): T {
  const entries = Object.entries(fact).map(([name, value]) => [
    name,
    typeof value === 'string' ? (keys.has(name) ? storableKey(value) : readable(value)) : value,
  ])
  return Object.fromEntries(entries) as T
}

const CALL_KEYS: ReadonlySet<string> = new Set<keyof CallFact>(['key', 'callId', 'legId', 'toLegId'])
const PRESENCE_KEYS: ReadonlySet<string> = new Set<keyof PresenceFact>(['key', 'extension', 'queue'])
