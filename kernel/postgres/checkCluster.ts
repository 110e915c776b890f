import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Program } from './program.js'
import type { ServerUser } from './serverUser.js'

/** Whether there is a cluster. Throws on one that this hub cannot open: another version's, or another user's. */
export async function checkCluster(cluster: string, user: ServerUser | null, program: Program): Promise<boolean> {
  const found = await stat(cluster).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!found) return false
  const uid = user?.uid ?? process.getuid?.()
  if (uid !== undefined && found.uid !== uid)
    throw new Error(
      user
        ? `The database in ${cluster} belongs to root, as whom PostgreSQL does not run. Give it to the user it runs as: chown -R ${user.name} ${cluster}`
        : `The database in ${cluster} belongs to another user (uid ${found.uid}). Start the hub as that user or as root, or set HUB_DATA to a folder of your own.`,
    )
  const major = await majorOf(cluster)
  if (major !== program.major)
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${major}, and this hub brings PostgreSQL ${program.major}, which cannot open it. ` +
        'Make a backup with the hub that it belongs to (npm run backup) and restore it with this one, or set HUB_DATA to another folder to start empty.',
    )
  return true
}

async function majorOf(cluster: string): Promise<string> {
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Error(
      `${cluster} holds no PostgreSQL database. Move it away and start again, or set HUB_DATA to another folder.`,
    )
  })
  return version.trim()
}
