import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JsonStore } from './jsonStore.js'
import { sandboxOrigin } from './origin.js'

const log = { info: () => {}, warn: () => {}, error: () => {} }
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const path = () => join(folder, 'deep', 'store.json')
const open = () => JsonStore.open(path(), () => ({ count: 0 }), log)

test('what was changed is there again after opening anew', async () => {
  const store = await open()
  store.value.count = 3
  store.changed()
  await store.flush()
  expect((await open()).value).toEqual({ count: 3 })
})

test('the file is whole, private, and alone in its folder', async () => {
  const store = await open()
  for (let count = 1; count <= 20; count += 1) {
    store.value.count = count
    store.changed()
    void store.flush()
  }
  await store.flush()
  expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({ count: 20 })
  expect(await readdir(join(folder, 'deep'))).toEqual(['store.json'])
  expect((await stat(path())).mode & 0o777).toBe(0o600)
})

test('a damaged file is not overwritten but named', async () => {
  await open()
  await writeFile(path(), '{"count":')
  await expect(open()).rejects.toThrow(path())
  expect(await readFile(path(), 'utf8')).toBe('{"count":')
})

test('the world keeps the seed and the moment of its first start', async () => {
  const first = await sandboxOrigin(folder, new Date('2026-11-23T02:00:00Z'), 1, log)
  const later = await sandboxOrigin(folder, new Date('2027-01-01T02:00:00Z'), 2, log)
  expect(later).toEqual(first)
})
