import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openToAll, rootDataDir } from '../../../kernel/postgres/defaultDataDir.js'

export const asRoot = process.getuid?.() === 0

/** A new folder that every user can get to; `await using` removes it. */
export async function openFolder(): Promise<AsyncDisposable & { path: string }> {
  const base = asRoot && !openToAll(tmpdir()) ? rootDataDir : tmpdir()
  await mkdir(base, { recursive: true })
  const path = await mkdtemp(join(base, 'hub-ground-'))
  await chmod(path, 0o755)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
