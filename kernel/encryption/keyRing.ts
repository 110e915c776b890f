import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { remember } from '../remember.js'

/** A key that data keys are wrapped under. */
export interface WrappingKey {
  id: string
  key: KeyObject
}

const INDEX = 'index'
// An id this short can never be a key put in the wrong place, so that a message may name it.
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$/
const KEY = /^[A-Za-z0-9+/_-]{43}=?$/

/**
 * The hub's master keys, from HUB_KEYS: `id:base64[,id:base64…],index:base64`, each of 32 bytes. The first is active (new data keys are
 * wrapped under it), the others still open what they wrapped. `index` keeps blind indexes comparable and is never rotated with the others.
 */
export class KeyRing {
  readonly active: WrappingKey
  readonly #wrapping: Map<string, WrappingKey>
  readonly #index: KeyObject
  readonly #subKeys = new Map<string, KeyObject>()

  private constructor(wrapping: WrappingKey[], index: KeyObject) {
    this.active = wrapping[0]!
    this.#wrapping = new Map(wrapping.map(one => [one.id, one]))
    this.#index = index
  }

  /** Throws one error that names everything wrong with the setting, and never shows a key. */
  static parse(setting: string): KeyRing {
    const { keys, problems } = readSetting(setting)
    const index = keys.get(INDEX)
    const wrapping = [...keys]
      .filter(([id]) => id !== INDEX)
      .map(([id, bytes]) => ({ id, key: createSecretKey(bytes) }))
    if (wrapping.length === 0) problems.push('it holds no wrapping key (id:base64)')
    if (!index) problems.push('it holds no index key (index:base64)')
    if (problems.length > 0 || !index) throw new Error(`HUB_KEYS is not usable: ${problems.join('; ')}.`)
    return new KeyRing(wrapping, createSecretKey(index))
  }

  /** Throws when the ring holds no such key. */
  wrappingKey(id: string): KeyObject {
    const found = this.#wrapping.get(id)
    if (!found) throw new Error(`HUB_KEYS holds no wrapping key "${id}": put it back, behind the active one.`)
    return found.key
  }

  /** A key for one purpose (`cursor`, `internal-token`, `inbox` …), derived from the index key by HKDF-SHA256; the same in all processes. */
  subKey(label: string): KeyObject {
    return remember(this.#subKeys, label, () =>
      createSecretKey(Buffer.from(hkdfSync('sha256', this.#index, '', `hub:${label}`, 32))),
    )
  }
}

function readSetting(setting: string): { keys: Map<string, Buffer>; problems: string[] } {
  const keys = new Map<string, Buffer>()
  const problems: string[] = []
  const owners = new Map<string, string>()
  const entries = setting.split(',').map(entry => entry.trim())
  for (const [place, entry] of entries.entries()) {
    const colon = entry.indexOf(':')
    const id = entry.slice(0, Math.max(colon, 0)).trim()
    const text = entry.slice(colon + 1).trim()
    const name = ID.test(id) ? `key "${id}"` : `entry ${place + 1}`
    if (entry === '') problems.push(`entry ${place + 1} is empty`)
    else if (!ID.test(id)) problems.push(`${name} must be id:base64, the id of up to 16 letters, digits, ".", "_", "-"`)
    else if (keys.has(id)) problems.push(`${name} is there twice`)
    else if (!KEY.test(text))
      problems.push(`${name} is not 32 bytes in base64 (make one with: openssl rand -base64 32)`)
    else {
      const bytes = Buffer.from(text, 'base64')
      const twin = owners.get(bytes.toString('hex'))
      if (twin) problems.push(`${name} is the same key as "${twin}"`)
      owners.set(bytes.toString('hex'), id)
      keys.set(id, bytes)
    }
  }
  return { keys, problems }
}
