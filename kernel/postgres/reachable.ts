import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { rootDataDir } from './defaultDataDir.js'
import type { ServerUser } from './serverUser.js'

export interface Rights {
  mode: number
  uid: number
  gid: number
}

/** Whether a user without other groups has all of these rights (r 4, w 2, x 1) by a file's mode. */
export function allows({ mode, uid, gid }: Rights, user: Pick<ServerUser, 'uid' | 'gid'>, rights: number): boolean {
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & rights) === rights
}

/** The outermost folder on the way to this one that is closed to the user; null when there is none. */
export async function closedFolder(folder: string, user: ServerUser): Promise<string | null> {
  const above = folder === dirname(folder) ? null : await closedFolder(dirname(folder), user)
  if (above) return above
  return allows(await stat(folder), user, constants.X_OK) ? null : folder
}

/** Throws when the user that PostgreSQL runs as cannot get to the data folder. */
export async function requireReachable(folder: string, user: ServerUser | null): Promise<void> {
  const closed = user && (await closedFolder(folder, user))
  if (!closed) return
  throw new Error(
    `PostgreSQL does not run as root, and the user it runs as ("${user.name}") cannot get to ${folder}, because ${closed} is private. ` +
      `Leave HUB_DATA unset to use ${rootDataDir}, set it to a folder that is not below ${closed}, start the hub as the owner of that folder, or open it (chmod o+x ${closed}).`,
  )
}

/** Whether the user (null: ourselves) may read the file, and get to it; with `rights` 5 also run it. */
export async function usable(file: string, user: ServerUser | null, rights: number): Promise<boolean> {
  try {
    await access(file, rights)
    return !user || (allows(await stat(file), user, rights) && (await closedFolder(dirname(file), user)) === null)
  } catch {
    return false
  }
}
