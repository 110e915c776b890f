import { chmod, mkdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { explainAccess } from './explain.js'

/**
 * The folder of the embedded PostgreSQL within the data folder, made when missing. Folders made by root are open whatever its umask:
 * PostgreSQL passes through them as another user, and what is private in them has rights of its own.
 */
export async function openFolder(dataDir: string): Promise<string> {
  const folder = join(resolve(dataDir), 'postgres')
  try {
    const first = await mkdir(folder, { recursive: true })
    if (first && process.getuid?.() === 0) await openUpTo(folder, first)
    return await realpath(folder)
  } catch (error) {
    throw explainAccess(error, folder)
  }
}

async function openUpTo(folder: string, first: string): Promise<void> {
  await chmod(folder, 0o755)
  if (folder !== first) await openUpTo(dirname(folder), first)
}
