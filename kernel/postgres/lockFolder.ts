import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning, markOf, type ProcessMark } from './processMark.js'

export class FolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(
      `A hub (process ${pid}) already runs on the data in ${folder}. Stop it first, or give this one a folder of its own with HUB_DATA.`,
    )
    this.name = 'FolderInUse'
  }
}

/**
 * Makes this process the only hub on the folder; throws FolderInUse when another one is alive. Returns what undoes it. A process that
 * died leaves its lock, so its place is taken over; should two take over at once, PostgreSQL itself lets only one server in.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'hub.lock')
  const holder = await holderOf(path)
  if (holder && (await isRunning(holder))) throw new FolderInUse(folder, holder.pid)
  const own = `${path}.${process.pid}`
  try {
    await writeFile(own, JSON.stringify(await markOf(process.pid)))
    await rename(own, path)
  } catch (error) {
    await rm(own, { force: true })
    throw error
  }
  return () => rm(path, { force: true })
}

async function holderOf(path: string): Promise<ProcessMark | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  try {
    return JSON.parse(text) as ProcessMark
  } catch {
    // Empty or cut off: whoever began to write it is gone.
    return null
  }
}
