import { badInput } from '../errors.js'
import { seal, unseal } from './gcm.js'
import type { KeyRing } from './keyRing.js'

const AAD = Buffer.from('cursor')
// Far above any cursor the hub makes: what is longer is not worth decoding.
const MAX_CHARACTERS = 4096

/** Where a list goes on, as text that shows nothing of the values in it and cannot be made up. */
export const sealCursor = (ring: KeyRing, place: unknown): string =>
  seal(ring.subKey('cursor'), Buffer.from(JSON.stringify(place)), AAD).toString('base64url')

/** What `sealCursor` was given; throws BAD_USER_INPUT on `after` for any text it did not make. */
export function openCursor<T>(ring: KeyRing, text: string): T {
  try {
    if (text.length > MAX_CHARACTERS) throw new Error('too long')
    const bytes = Buffer.from(text, 'base64url')
    // Node skips what is not base64: without this, many texts would be the same cursor.
    if (bytes.toString('base64url') !== text) throw new Error('not base64url')
    return JSON.parse(unseal(ring.subKey('cursor'), bytes, AAD).toString()) as T
  } catch {
    throw badInput('after', 'This is no cursor of this hub. Start without one, and pass on the endCursor of each page.')
  }
}
