import { readFile, rename, stat, writeFile } from 'node:fs/promises'

/** The file's text; null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Who may read it: as now, or everybody where there is none yet. */
export const modeOf = async (path: string): Promise<number> =>
  ((await stat(path).catch(() => null))?.mode ?? 0o644) & 0o777

/** All of it or nothing, whatever happens meanwhile. */
export async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const unfinished = `${path}.${process.pid}.new`
  await writeFile(unfinished, text, { mode })
  await rename(unfinished, path)
}
