import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes a folder only its owner may enter. The folders above keep the usual rights: the database lives there under another user. */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await mkdir(path, { recursive: true, mode: 0o700 })
}
