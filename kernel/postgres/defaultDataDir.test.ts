import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultDataDir, rootDataDir } from './defaultDataDir.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-data-dir-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'private', 'project'), { recursive: true })
  await chmod(join(folder, 'private'), 0o700)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('HUB_DATA counts from the working folder', () => {
  expect(defaultDataDir({ HUB_DATA: 'here' }, folder)).toBe(join(folder, 'here'))
  expect(defaultDataDir({ HUB_DATA: '/there' }, folder)).toBe('/there')
})

test('without it data lie in .data; for root below a private folder where everybody can reach them', () => {
  const asRoot = process.getuid?.() === 0
  expect(defaultDataDir({}, folder)).toBe(join(folder, '.data'))
  expect(defaultDataDir({}, join(folder, 'private', 'project'))).toBe(
    asRoot ? rootDataDir : join(folder, 'private', 'project', '.data'),
  )
})
