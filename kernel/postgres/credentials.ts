import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Program } from './program.js'
import type { ServerUser } from './serverUser.js'
import { singleUser } from './singleUser.js'
import { appRole, ownerRole, superuser } from './urls.js'

/** Passwords of the roles. */
export interface Credentials {
  superuser: string
  owner: string
  app: string
}

interface Place {
  folder: string
  cluster: string
  program: Program
  user: ServerUser | null
}

const file = (folder: string) => join(folder, 'credentials.json')

/** null when they are not there. */
export async function readCredentials(folder: string): Promise<Credentials | null> {
  const text = await readFile(file(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : (JSON.parse(text) as Credentials)
}

/** The passwords from the data folder. Where they are lost, or not yet made, the roles get new ones. */
export async function openCredentials(place: Place): Promise<Credentials> {
  return (await readCredentials(place.folder)) ?? (await makeCredentials(place))
}

async function makeCredentials({ folder, cluster, program, user }: Place): Promise<Credentials> {
  const made = { superuser: password(), owner: password(), app: password() }
  const role = (name: string) =>
    `do $$ begin if not exists (select from pg_roles where rolname = '${name}') then create role ${name}; end if; end $$`
  await singleUser({ program, cluster, user }, [
    role(ownerRole),
    role(appRole),
    `alter role ${superuser} password '${made.superuser}'`,
    `alter role ${ownerRole} login password '${made.owner}'`,
    `alter role ${appRole} login password '${made.app}'`,
  ])
  await writePrivately(file(folder), JSON.stringify(made))
  return made
}

const password = () => randomBytes(24).toString('base64url')

async function writePrivately(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new`
  const handle = await open(unfinished, 'w', 0o600)
  try {
    await handle.chmod(0o600)
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, path)
}
