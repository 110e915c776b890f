import { readdir, readFile } from 'node:fs/promises'

/** The shell that watches over the server, and its helper. */
export async function keepersOf(server: number): Promise<number[]> {
  const fields = async (pid: number) => {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [, parent] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(parent) }
  }
  const { parent } = await fields(server)
  const pids = (await readdir('/proc')).map(Number).filter(Boolean)
  const children = (await Promise.all(pids.map(fields))).filter(one => one.parent === parent && one.pid !== server)
  return [parent, ...children.map(({ pid }) => pid)]
}
