import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
export const IV_BYTES = 12
export const TAG_BYTES = 16

/** IVs are drawn many at once, and each is used once: a call into OpenSSL for twelve bytes costs as much as encrypting a number. */
const drawn = Buffer.alloc(IV_BYTES * 256)
let used = drawn.length

function newIv(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  const iv = Buffer.from(drawn.subarray(used, used + IV_BYTES))
  used += IV_BYTES
  return iv
}

/** AES-256-GCM under a random IV: [iv 12][tag 16][ciphertext]. `aad` is authenticated and not part of the result. */
export function seal(key: KeyObject, plaintext: Uint8Array, aad: Uint8Array): Buffer {
  const iv = newIv()
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(aad)
  const body = cipher.update(plaintext)
  const rest = cipher.final()
  return Buffer.concat([iv, cipher.getAuthTag(), body, rest])
}

/** Reverses `seal`; throws when the key or `aad` is another one, or any byte was changed. */
export function unseal(key: KeyObject, sealed: Uint8Array, aad: Uint8Array): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new Error('The sealed value is too short.')
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const body = decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES))
  return Buffer.concat([body, decipher.final()])
}
