import { readFile, readlink, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../log/index.js'
import { pidFile, readPostmasterPid } from './postmasterPid.js'
import { isAlive, tell } from './processMark.js'

/** No system gives a process this number. */
const NOBODY = 2 ** 22 + 1
const GRACE_MS = 15_000

/**
 * Ends a server that outlived its hub. Where `postmaster.pid` names a process that is something else by now, that process is left alone
 * and the file no longer names it; it keeps its other lines, by which PostgreSQL recognises orphans that still hold shared memory.
 */
export async function endLeftOver(cluster: string, log: Log): Promise<void> {
  const left = await readPostmasterPid(cluster)
  if (!left || !isAlive(left.pid)) return
  if (!(await isServerOf(left.pid, cluster))) {
    const [, ...lines] = (await readFile(pidFile(cluster), 'utf8')).split('\n')
    await writeFile(pidFile(cluster), [String(NOBODY), ...lines].join('\n'))
    return
  }
  log.warn({ part: 'postgres', pid: left.pid }, 'Ending a PostgreSQL server that was left over')
  if ((await ends(left.pid, 'SIGINT')) || (await ends(left.pid, 'SIGQUIT'))) return
  throw new Error(
    `A PostgreSQL server (process ${left.pid}) still runs on ${cluster} and does not end. End it yourself: kill -QUIT ${left.pid}`,
  )
}

/** SIGINT: a quick but orderly end. SIGQUIT: at once, with recovery at the next start. */
export async function ends(pid: number, signal: 'SIGINT' | 'SIGQUIT'): Promise<boolean> {
  process.kill(pid, signal)
  for (let waited = 0; waited < GRACE_MS && isAlive(pid); waited += 25) await wait(25)
  return !isAlive(pid)
}

/** A server stands in its own data folder. What we may not look at is not ours. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => null)) === cluster
  return basename((await tell('ps', ['-o', 'comm=', '-p', String(pid)])) ?? '') === 'postgres'
}
