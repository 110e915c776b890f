import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** A process and when it began, so that another one with the same number is not taken for it. */
export interface ProcessMark {
  pid: number
  /** As the system writes it; only ever compared. */
  began: string | null
}

export const markOf = async (pid: number): Promise<ProcessMark> => ({ pid, began: await beganAt(pid) })

export async function isRunning({ pid, began }: ProcessMark): Promise<boolean> {
  return isAlive(pid) && (await beganAt(pid)) === began
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Field 22 of /proc/PID/stat counts from the start of the machine; the name in field 2 may hold spaces and brackets. */
async function beganAt(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return tell('ps', ['-o', 'lstart=', '-p', String(pid)])
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

/** What a program prints, null when it fails. */
export const tell = (command: string, args: readonly string[]): Promise<string | null> =>
  new Promise(done => execFile(command, args, (error, stdout) => done(error ? null : stdout.trim())))
