import { chmod, chown, mkdir, rename, rm } from 'node:fs/promises'
import type { Log } from '../log/index.js'
import { openCredentials } from './credentials.js'
import type { Program } from './program.js'
import { runProgram } from './runProgram.js'
import type { ServerUser } from './serverUser.js'
import { superuser } from './urls.js'

interface NewCluster {
  folder: string
  cluster: string
  program: Program
  user: ServerUser | null
  durable: boolean
  log: Log
}

/**
 * Makes a cluster with the hub's roles. It gets its name when it is finished, so that a first start that was cut off is simply made again.
 * `builtin` collation is the same on every machine: indexes survive a move and an upgrade of its C library.
 */
export async function initCluster({ folder, cluster, program, user, durable, log }: NewCluster): Promise<void> {
  log.info({ part: 'postgres', folder }, 'Making a new database')
  const unfinished = `${cluster}.new`
  await rm(unfinished, { recursive: true, force: true })
  await rm(`${folder}/credentials.json`, { force: true })
  await mkdir(unfinished)
  await chmod(unfinished, 0o700)
  if (user) await chown(unfinished, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const quick = durable ? [] : ['--no-sync', '--no-data-checksums', '--wal-segsize=1']
  // Nobody may sign in by the rules that initdb writes: `launch` brings the hub's own, with passwords.
  const args = ['-D', unfinished, '-U', superuser, '--auth=reject', ...locale, ...quick]
  await runProgram(program.initdb, args, { user })
  await openCredentials({ folder, cluster: unfinished, program, user })
  await rename(unfinished, cluster)
}
