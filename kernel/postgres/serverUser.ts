import { readFile, stat } from 'node:fs/promises'

/** Whom PostgreSQL runs as when the hub runs as root, which PostgreSQL refuses to be. */
export interface ServerUser {
  name: string
  uid: number
  gid: number
}

const PREFERRED = ['postgres', 'nobody']

/** null: the hub is an ordinary user, and so is PostgreSQL. Otherwise the owner of its files, `postgres` or `nobody`. */
export async function serverUser(cluster: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  const owner = await stat(cluster).catch(() => null)
  if (owner && owner.uid !== 0)
    return {
      name: users.find(({ uid }) => uid === owner.uid)?.name ?? `user ${owner.uid}`,
      uid: owner.uid,
      gid: owner.gid,
    }
  const chosen = PREFERRED.flatMap(name => users.filter(user => user.name === name))[0]
  if (!chosen)
    throw new Error(
      'PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody". Add one (useradd --system postgres), or start the hub as an ordinary user.',
    )
  return chosen
}

/** Users of /etc/passwd other than root. */
export const parsePasswd = (text: string): ServerUser[] =>
  text
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name !== '' && uid > 0 && gid > 0)

/** For `spawn`. Node drops the supplementary groups too. */
export const runAs = (user: ServerUser | null): { uid?: number; gid?: number } =>
  user ? { uid: user.uid, gid: user.gid } : {}
