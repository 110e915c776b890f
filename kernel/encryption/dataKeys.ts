import { generateKeySync, type KeyObject, randomUUID } from 'node:crypto'
import { remember } from '../remember.js'
import { decrypt, encrypt, keyIdOf } from './cipher.js'
import type { KeyRing } from './keyRing.js'
import { Lru } from './lru.js'
import { unwrapKey, wrapKey } from './wrapKey.js'

/** Where wrapped data keys are kept. */
export interface DataKeyStore {
  find(ids: string[]): Promise<Map<string, Buffer>>
  /** Keeps the key a subject already has: a second insert for the same subject does nothing. */
  insert(id: string, subjectId: string, wrapped: Buffer): Promise<void>
  findBySubject(subjectIds: string[]): Promise<Map<string, { id: string; wrapped: Buffer }>>
}

export interface SubjectKey {
  id: string
  key: KeyObject
}

interface Cache {
  bySubject: Lru<string, SubjectKey>
  byId: Lru<string, KeyObject>
}

/** The data keys of the people whose values the hub keeps, one per subject, unwrapped as they are needed. */
export class DataKeys {
  readonly #ring: KeyRing
  readonly #store: DataKeyStore
  readonly #capacity: number
  // One cache per store: a key made inside a transaction is gone if that is rolled back, so only that transaction may count on it.
  readonly #caches = new WeakMap<DataKeyStore, Cache>()
  #forgotten = 0

  constructor(parts: { ring: KeyRing; store: DataKeyStore; capacity: number }) {
    this.#ring = parts.ring
    this.#store = parts.store
    this.#capacity = parts.capacity
  }

  /** The subject's key, made when there is none yet. `store` is that of the transaction one writes in. */
  async keyOf(subjectId: string, store: DataKeyStore = this.#store): Promise<SubjectKey> {
    const known = this.#cacheOf(this.#store).bySubject.get(subjectId) ?? this.#cacheOf(store).bySubject.get(subjectId)
    if (known) return known
    const before = this.#forgotten
    const { id, wrapped } = (await findOne(store, subjectId)) ?? (await this.#make(store, subjectId))
    const found = { id, key: unwrapKey(this.#ring, wrapped) }
    if (before === this.#forgotten) {
      this.#cacheOf(store).bySubject.set(subjectId, found)
      this.#cacheOf(store).byId.set(id, found.key)
    }
    return found
  }

  async encryptFor(subjectId: string, text: string, store: DataKeyStore = this.#store): Promise<Buffer> {
    const { id, key } = await this.keyOf(subjectId, store)
    return encrypt(key, id, text)
  }

  /** The texts in the order of `buffers`, with one look-up for all keys; null where the key was destroyed. */
  async decryptMany(buffers: readonly Buffer[], store: DataKeyStore = this.#store): Promise<(string | null)[]> {
    const keys = await this.#keysById(new Set(buffers.map(keyIdOf)), store)
    return buffers.map(buffer => {
      const key = keys.get(keyIdOf(buffer))
      return key ? decrypt(key, buffer) : null
    })
  }

  /** To be called once the subject's key was destroyed in the store: this process then can no longer open their values either. */
  forget(subjectId: string): void {
    this.#forgotten++
    const cache = this.#cacheOf(this.#store)
    cache.bySubject.delete(subjectId)
    // Keys read by id do not know their subject; erasures are rare enough to read the others again.
    cache.byId.clear()
  }

  async #keysById(ids: Set<string>, store: DataKeyStore): Promise<Map<string, KeyObject>> {
    const keys = new Map<string, KeyObject>()
    for (const id of ids) {
      const known = this.#cacheOf(this.#store).byId.get(id) ?? this.#cacheOf(store).byId.get(id)
      if (known) keys.set(id, known)
    }
    const missing = [...ids].filter(id => !keys.has(id))
    if (missing.length === 0) return keys
    const before = this.#forgotten
    for (const [id, wrapped] of await store.find(missing)) {
      const key = unwrapKey(this.#ring, wrapped)
      keys.set(id, key)
      if (before === this.#forgotten) this.#cacheOf(store).byId.set(id, key)
    }
    return keys
  }

  async #make(store: DataKeyStore, subjectId: string): Promise<{ id: string; wrapped: Buffer }> {
    const id = randomUUID()
    await store.insert(id, subjectId, wrapKey(this.#ring, generateKeySync('aes', { length: 256 })))
    // Somebody else may have been first: what the store holds now is the key that counts.
    const kept = await findOne(store, subjectId)
    if (!kept) throw new Error(`The data key ${id} was not kept.`)
    return kept
  }

  #cacheOf(store: DataKeyStore): Cache {
    return remember(this.#caches, store, () => ({
      bySubject: new Lru<string, SubjectKey>(this.#capacity),
      byId: new Lru<string, KeyObject>(this.#capacity),
    }))
  }
}

const findOne = async (store: DataKeyStore, subjectId: string) =>
  (await store.findBySubject([subjectId])).get(subjectId)
