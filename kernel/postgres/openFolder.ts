import { chmod, mkdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { explainAccess } from './explain.js'

/** The folder of the embedded PostgreSQL within the data folder, made when missing. */
export async function openFolder(dataDir: string): Promise<string> {
  const folder = join(resolve(dataDir), 'postgres')
  try {
    await makeFolder(folder)
    return await realpath(folder)
  } catch (error) {
    throw explainAccess(error, folder)
  }
}

/**
 * Makes a folder and those above it. Not by `mkdir`'s own recursion, which hides a read-only disk, and never returns below /proc. What root
 * makes is open whatever its umask: PostgreSQL passes through as another user, and what is private in there has rights of its own.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || folder === dirname(folder)) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder)
  }
  if (process.getuid?.() === 0) await chmod(folder, 0o755)
}
