import { randomFillSync } from 'node:crypto'
import type { Clock } from './clock.js'

/** Random bytes are drawn for many ids at once: a call into OpenSSL costs more than all the rest. */
const drawn = Buffer.alloc(4000)
let used = drawn.length

/** A new row id: UUID version 7 (RFC 9562), which sorts by time, so that an index on it stays dense. */
export function newId(clock: Clock): string {
  if (used + 10 > drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  const bytes = Buffer.allocUnsafe(16)
  drawn.copy(bytes, 6, used, used + 10)
  used += 10
  bytes.writeUIntBE(clock.now().getTime(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
