import { createSecretKey, type KeyObject } from 'node:crypto'
import { seal, unseal } from './gcm.js'
import type { KeyRing } from './keyRing.js'

const VERSION = 1

/** A data key encrypted under the ring's active key: [version 1][length of id 1][id][iv 12][tag 16][key 32]. */
export function wrapKey(ring: KeyRing, dataKey: KeyObject): Buffer {
  const id = Buffer.from(ring.active.id)
  const header = Buffer.concat([Buffer.from([VERSION, id.length]), id])
  return Buffer.concat([header, seal(ring.active.key, dataKey.export(), header)])
}

/** The data key; throws when the ring no longer holds the key that wrapped it, or a byte was changed. */
export function unwrapKey(ring: KeyRing, wrapped: Uint8Array): KeyObject {
  const id = wrappedBy(wrapped)
  const key = ring.wrappingKey(id)
  const header = 2 + wrapped[1]!
  try {
    return createSecretKey(unseal(key, wrapped.subarray(header), wrapped.subarray(0, header)))
  } catch {
    throw new Error(
      `This data key does not open with wrapping key "${id}": it was changed, or HUB_KEYS holds another key.`,
    )
  }
}

/** Id of the wrapping key a data key is under; one that is not the active one wants to be wrapped anew. */
export function wrappedBy(wrapped: Uint8Array): string {
  const length = wrapped[1] ?? 0
  if (wrapped[0] !== VERSION || length === 0 || wrapped.length <= 2 + length)
    throw new Error('This is no wrapped data key.')
  return Buffer.from(wrapped.subarray(2, 2 + length)).toString()
}
