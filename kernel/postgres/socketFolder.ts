import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerUser } from './serverUser.js'

/** What a socket's path may hold on every system (macOS has the least), without the zero at its end. */
const LONGEST_PATH = 103
const NAME = '.s.PGSQL.'

/** A private folder for the server's socket: in the data folder, or in /tmp where that path is too long for a socket. */
export async function socketFolder(folder: string, user: ServerUser | null): Promise<string> {
  const near = join(folder, 'socket')
  const place = fitsSocket(near) ? near : join('/tmp', `call-crm-hub-${digest(folder)}`)
  await mkdir(place, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  // In /tmp somebody else may have been first, to listen in the server's place.
  const found = await lstat(place)
  if (!found.isDirectory() || ![user?.uid, process.getuid?.()].includes(found.uid))
    throw new Error(
      `${place}, where the database's socket belongs, is somebody else's. Remove it, or set HUB_DATA to a shorter path.`,
    )
  if (user) await chown(place, user.uid, user.gid)
  await chmod(place, 0o700)
  // A killed server leaves a lock that may name a process which is something else by now. No server of ours runs here any more.
  const left = (await readdir(place)).filter(name => name.startsWith(NAME))
  await Promise.all(left.map(name => rm(join(place, name), { force: true })))
  return place
}

export const fitsSocket = (folder: string): boolean => Buffer.byteLength(join(folder, `${NAME}65535`)) <= LONGEST_PATH

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
