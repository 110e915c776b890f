import { createHmac } from 'node:crypto'
import type { KeyRing } from './keyRing.js'

/**
 * What a personal value is found by without being stored: HMAC-SHA256 of its canonical form, cut to 16 bytes, as base64url (22
 * characters). Equal values of one kind give the same index; the same text as another kind (`phone`, `email` …) gives another.
 */
export function blindIndex(ring: KeyRing, kind: string, canonical: string): string {
  const mac = createHmac('sha256', ring.subKey('blind-index')).update(`${kind}\0${canonical}`).digest()
  return mac.subarray(0, 16).toString('base64url')
}
