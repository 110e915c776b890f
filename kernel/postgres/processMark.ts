import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
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
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !hasEnded(pid)
}

/** Ended, and kept in the list only until its parent asks how: in a container whose first process never does, for ever. */
function hasEnded(pid: number): boolean {
  try {
    return /^[ZX]$/.test(fieldsOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))[0] ?? '')
  } catch {
    // Not Linux, or gone meanwhile, which the next look tells.
    return false
  }
}

/** From the third on, the state: the name before it may hold spaces and brackets. */
const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ')

/** Field 22 of /proc/PID/stat counts from the start of the machine. */
async function beganAt(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return tell('ps', ['-o', 'lstart=', '-p', String(pid)])
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return (stat && fieldsOf(stat)[19]) ?? null
}

/** What a program prints, null when it fails. */
export const tell = (command: string, args: readonly string[]): Promise<string | null> =>
  new Promise(done => execFile(command, args, (error, stdout) => done(error ? null : stdout.trim())))
