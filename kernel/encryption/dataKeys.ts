import { generateKeySync, type KeyObject, randomUUID } from 'node:crypto'
import { remember } from '../remember.js'
import { decrypt, encrypt, keyIdOf } from './cipher.js'
import type { KeyRing } from './keyRing.js'
import { Lru } from './lru.js'
import { unwrapKey, wrapKey } from './wrapKey.js'

/** Where wrapped data keys are kept. */
export interface DataKeyStore {
  find(ids: string[]): Promise<Map<string, Buffer>>
  /** Returns the subjects whose keys are new. A subject that has a key already keeps it. */
  insert(keys: readonly NewKey[]): Promise<string[]>
  findBySubject(subjectIds: string[]): Promise<Map<string, { id: string; wrapped: Buffer }>>
}

export interface NewKey {
  id: string
  subjectId: string
  wrapped: Buffer
}

export interface SubjectKey {
  id: string
  key: KeyObject
}

/** Encrypts texts under one subject's key. */
export type Seal = (text: string) => Buffer

export const sealUnder =
  ({ id, key }: SubjectKey): Seal =>
  text =>
    encrypt(key, id, text)

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
    return (await this.keysOf([subjectId], store)).get(subjectId)!
  }

  /**
   * The keys of many subjects with two statements at most, three where somebody else makes the same ones at this moment. So many that they would
   * drive out those in use are not kept here.
   */
  async keysOf(
    subjectIds: readonly string[],
    store: DataKeyStore = this.#store,
  ): Promise<ReadonlyMap<string, SubjectKey>> {
    const keys = new Map<string, SubjectKey>()
    const missing = new Set<string>()
    for (const subjectId of subjectIds) {
      const known = this.#cacheOf(this.#store).bySubject.get(subjectId) ?? this.#cacheOf(store).bySubject.get(subjectId)
      if (known) keys.set(subjectId, known)
      else missing.add(subjectId)
    }
    if (missing.size === 0) return keys
    const before = this.#forgotten
    const found = await this.#findOrMake(store, [...missing])
    for (const [subjectId, key] of found) {
      keys.set(subjectId, key)
      if (before !== this.#forgotten || missing.size > Math.max(1, this.#capacity / 10)) continue
      this.#cacheOf(store).bySubject.set(subjectId, key)
      this.#cacheOf(store).byId.set(key.id, key.key)
    }
    return keys
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

  async #findOrMake(store: DataKeyStore, subjectIds: readonly string[]): Promise<Map<string, SubjectKey>> {
    const keys = await this.#find(store, subjectIds)
    // In one order everywhere: two processes that make the same keys wait for each other, and not both.
    const fresh = subjectIds
      .filter(subjectId => !keys.has(subjectId))
      .sort()
      .map(subjectId => ({ subjectId, id: randomUUID(), key: generateKeySync('aes', { length: 256 }) }))
    if (fresh.length === 0) return keys
    const made = new Set(
      await store.insert(fresh.map(({ key, ...one }) => ({ ...one, wrapped: wrapKey(this.#ring, key) }))),
    )
    for (const { subjectId, id, key } of fresh) if (made.has(subjectId)) keys.set(subjectId, { id, key })
    // Somebody else was first: what the store holds is the key that counts.
    const taken = fresh.filter(({ subjectId }) => !made.has(subjectId)).map(({ subjectId }) => subjectId)
    for (const [subjectId, key] of taken.length > 0 ? await this.#find(store, taken) : []) keys.set(subjectId, key)
    const lost = taken.find(subjectId => !keys.has(subjectId))
    if (lost !== undefined) throw new Error('A data key was not kept.')
    return keys
  }

  async #find(store: DataKeyStore, subjectIds: readonly string[]): Promise<Map<string, SubjectKey>> {
    const found = await store.findBySubject([...subjectIds])
    return new Map(
      [...found].map(([subjectId, { id, wrapped }]) => [subjectId, { id, key: unwrapKey(this.#ring, wrapped) }]),
    )
  }

  #cacheOf(store: DataKeyStore): Cache {
    return remember(this.#caches, store, () => ({
      bySubject: new Lru<string, SubjectKey>(this.#capacity),
      byId: new Lru<string, KeyObject>(this.#capacity),
    }))
  }
}
