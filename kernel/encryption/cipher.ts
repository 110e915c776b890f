import type { KeyObject } from 'node:crypto'
import { IV_BYTES, seal, TAG_BYTES, unseal } from './gcm.js'

const VERSION = 1
const HEADER_BYTES = 17
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Encrypts a personal value: [version 1][key id 16][iv 12][tag 16][ciphertext]. The header is authenticated too. `aad` names what the
 * value belongs to, when moving it elsewhere must be noticed; the same has to be given to `decrypt`.
 */
export function encrypt(key: KeyObject, keyId: string, plaintext: string | Uint8Array, aad = ''): Buffer {
  const header = headerOf(keyId)
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext
  return Buffer.concat([header, seal(key, bytes, bound(header, aad))])
}

/** The text inside; throws when the key is another one, or any byte of the value or of `aad` was changed. */
export const decrypt = (key: KeyObject, cipher: Uint8Array, aad = ''): string =>
  decryptBytes(key, cipher, aad).toString()

export function decryptBytes(key: KeyObject, cipher: Uint8Array, aad = ''): Buffer {
  const keyId = keyIdOf(cipher)
  try {
    return unseal(key, cipher.subarray(HEADER_BYTES), bound(cipher.subarray(0, HEADER_BYTES), aad))
  } catch {
    // What OpenSSL says ("unable to authenticate data") tells nobody where to look.
    throw new Error(`This value does not open with data key ${keyId}: it was changed, or the key is another one.`)
  }
}

/** Id of the data key a value was encrypted under. */
export function keyIdOf(cipher: Uint8Array): string {
  if (cipher.length < HEADER_BYTES + IV_BYTES + TAG_BYTES)
    throw new Error('This is no encrypted value: it is too short.')
  if (cipher[0] !== VERSION) throw new Error(`This value has format ${cipher[0]}; this hub reads format ${VERSION}.`)
  const hex = Buffer.from(cipher.buffer, cipher.byteOffset + 1, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function headerOf(keyId: string): Buffer {
  if (!UUID.test(keyId)) throw new Error(`A data key's id must be a UUID, not "${keyId}".`)
  const header = Buffer.alloc(HEADER_BYTES)
  header[0] = VERSION
  header.write(keyId.replaceAll('-', ''), 1, 'hex')
  return header
}

const bound = (header: Uint8Array, aad: string): Uint8Array =>
  aad === '' ? header : Buffer.concat([header, Buffer.from(aad)])
