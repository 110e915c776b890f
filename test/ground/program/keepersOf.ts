import { readdir, readFile } from 'node:fs/promises'

/**
 * The helper of the shell that watches over the server, and the shell: in the order in which to kill them. A helper that outlives the shell sees
 * its input end, and ends the server.
 */
export async function keepersOf(server: number): Promise<number[]> {
  const fields = async (pid: number) => {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [, parent] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(parent) }
  }
  const { parent } = await fields(server)
  const pids = (await readdir('/proc')).map(Number).filter(Boolean)
  const children = (await Promise.all(pids.map(fields))).filter(one => one.parent === parent && one.pid !== server)
  return [...children.map(({ pid }) => pid), parent]
}
