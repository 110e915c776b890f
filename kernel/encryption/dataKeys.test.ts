import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyIdOf } from './cipher.js'
import { type DataKeyStore, DataKeys, type NewKey } from './dataKeys.js'
import { KeyRing } from './keyRing.js'

const ring = KeyRing.parse(['a', 'index'].map(id => `${id}:${randomBytes(32).toString('base64')}`).join(','))

interface Row {
  id: string
  wrapped: Buffer
}

/** A store that keeps its rows in memory and counts how often it is asked. */
class MemoryStore implements DataKeyStore {
  readonly rows: Map<string, Row>
  asked = 0

  constructor(rows = new Map<string, Row>()) {
    this.rows = rows
  }

  async find(ids: string[]) {
    this.asked++
    return new Map([...this.rows.values()].filter(row => ids.includes(row.id)).map(row => [row.id, row.wrapped]))
  }

  async insert(keys: readonly NewKey[]) {
    this.asked++
    const fresh = keys.filter(({ subjectId }) => !this.rows.has(subjectId))
    for (const { id, subjectId, wrapped } of fresh) this.rows.set(subjectId, { id, wrapped })
    return fresh.map(({ subjectId }) => subjectId)
  }

  async findBySubject(subjectIds: string[]) {
    this.asked++
    return new Map(subjectIds.flatMap(id => (this.rows.has(id) ? [[id, this.rows.get(id)!] as const] : [])))
  }
}

const setup = (capacity = 100) => {
  const store = new MemoryStore()
  return { store, keys: new DataKeys({ ring, store, capacity }) }
}

test('a subject gets one key, which other processes read too', async () => {
  const { store, keys } = setup()
  const cipher = await keys.encryptFor('wang', '13812345678')
  const elsewhere = new DataKeys({ ring, store, capacity: 100 })
  expect(await elsewhere.decryptMany([cipher])).toEqual(['13812345678'])
  expect((await elsewhere.keyOf('wang')).id).toBe(keyIdOf(cipher))
  expect(store.rows.size).toBe(1)
})

test('who loses the race for a new key uses the one that was kept', async () => {
  const { store, keys } = setup()
  const other = new DataKeys({ ring, store, capacity: 100 })
  const found = await Promise.all([keys.keyOf('wang'), other.keyOf('wang'), keys.keyOf('wang')])
  expect(new Set(found.map(({ id }) => id)).size).toBe(1)
  expect(found[0]!.key.equals(found[1]!.key)).toBe(true)
})

test('many subjects get their keys with two questions, and those they have stay theirs', async () => {
  const { store, keys } = setup()
  const known = await keys.keyOf('known')
  store.asked = 0
  const fresh = new DataKeys({ ring, store, capacity: 100 })
  const found = await fresh.keysOf(['a', 'known', 'b', 'a'])
  expect(store.asked).toBe(2)
  expect([...found.keys()].sort()).toEqual(['a', 'b', 'known'])
  expect(found.get('known')!.id).toBe(known.id)
  expect((await fresh.keysOf(['b', 'a'])).get('a')).toBe(found.get('a'))
  expect(store.asked).toBe(2)
})

test('of two who make many keys at once both use those that were kept', async () => {
  const { store, keys } = setup()
  const other = new DataKeys({ ring, store, capacity: 100 })
  const [one, two] = await Promise.all([keys.keysOf(['a', 'b', 'c']), other.keysOf(['c', 'b', 'd'])])
  for (const subject of ['b', 'c']) expect(one.get(subject)!.id).toBe(two.get(subject)!.id)
  expect(store.rows.size).toBe(4)
})

test('many values are opened in their order with one look-up, and then with none', async () => {
  const { store, keys } = setup()
  const ciphers = await Promise.all(
    ['a', 'b', 'c', 'a'].map((subject, n) => keys.encryptFor(subject, `${subject}${n}`)),
  )
  const fresh = new DataKeys({ ring, store, capacity: 100 })
  store.asked = 0
  expect(await fresh.decryptMany(ciphers)).toEqual(['a0', 'b1', 'c2', 'a3'])
  expect(store.asked).toBe(1)
  await fresh.decryptMany(ciphers)
  expect(store.asked).toBe(1)
  expect(await fresh.decryptMany([])).toEqual([])
})

test('a destroyed key leaves null for its values only, also where it was cached', async () => {
  const { store, keys } = setup()
  const [gone, kept] = [await keys.encryptFor('gone', 'x'), await keys.encryptFor('kept', 'y')]
  expect(await keys.decryptMany([gone, kept])).toEqual(['x', 'y'])
  store.rows.delete('gone')
  keys.forget('gone')
  expect(await keys.decryptMany([gone, kept, gone])).toEqual([null, 'y', null])
})

test('a key that is being read while its subject is forgotten is not kept', async () => {
  const { store, keys } = setup()
  const cipher = await new DataKeys({ ring, store, capacity: 1 }).encryptFor('gone', 'x')
  const reading = Promise.all([keys.keyOf('gone'), keys.decryptMany([cipher])])
  store.rows.delete('gone')
  keys.forget('gone')
  await reading
  expect(await keys.decryptMany([cipher])).toEqual([null])
})

test('a key made in a transaction that was rolled back is not counted on outside of it', async () => {
  const { store, keys } = setup()
  const transaction = new MemoryStore(new Map(store.rows))
  const inside = await keys.keyOf('wang', transaction)
  transaction.asked = 0
  expect((await keys.keyOf('wang', transaction)).id).toBe(inside.id)
  expect(transaction.asked).toBe(0)
  const cipher = await keys.encryptFor('wang', 'kept')
  expect(keyIdOf(cipher)).not.toBe(inside.id)
  expect(await new DataKeys({ ring, store, capacity: 1 }).decryptMany([cipher])).toEqual(['kept'])
})

test('whatever the capacity, every value opens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 0, max: 6 })),
      async (capacity, subjects) => {
        const { keys } = setup(capacity)
        const ciphers = []
        for (const subject of subjects) ciphers.push(await keys.encryptFor(`s${subject}`, `text ${subject}`))
        expect(await keys.decryptMany(ciphers)).toEqual(subjects.map(subject => `text ${subject}`))
      },
    ),
    { numRuns: 30 },
  )
})
