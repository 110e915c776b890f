import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a server says of itself in `postmaster.pid`. */
export interface PostmasterPid {
  pid: number
  port: number
  socket: string
  ready: boolean
}

export const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid')

/** Lines of the file: process, data folder, start, port, socket folder, address, shared memory, state. null on anything else. */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n').map(line => line.trim())
  const pid = Math.abs(Number(lines[0]))
  return pid > 0 ? { pid, port: Number(lines[3]), socket: lines[4] ?? '', ready: lines[7] === 'ready' } : null
}

export const readPostmasterPid = async (cluster: string): Promise<PostmasterPid | null> =>
  parsePostmasterPid(await readFile(pidFile(cluster), 'utf8').catch(() => ''))
