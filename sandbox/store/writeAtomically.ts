import { open, rename } from 'node:fs/promises'

/** Writes beside the file and moves it into place: a reader, or a start after a crash, sees the old or the new one, never half. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const beside = `${path}.new`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
}
