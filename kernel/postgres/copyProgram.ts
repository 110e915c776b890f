import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../log/index.js'
import { type Link, makeLinks } from './links.js'

interface Copy {
  root: string
  links: readonly Link[]
  version: string
  folder: string
  log: Log
}

const PREFIX = 'program-'

/** Copies the binaries to the data folder, once for each version, readable by all. Returns the copy of `native/`. */
export async function copyProgram({ root, links, version, folder, log }: Copy): Promise<string> {
  const place = join(folder, `${PREFIX}${version}`)
  const present = await readdir(folder)
  if (!present.includes(`${PREFIX}${version}`)) {
    log.info({ part: 'postgres', place }, 'Copying PostgreSQL to where the user it runs as can start it')
    const unfinished = `${place}.new`
    await rm(unfinished, { recursive: true, force: true })
    await copyFolder(join(root, 'native'), join(unfinished, 'native'))
    await chmod(unfinished, 0o755)
    await makeLinks(unfinished, links)
    await rename(unfinished, place)
  }
  const old = present.filter(name => name.startsWith(PREFIX) && name !== `${PREFIX}${version}`)
  await Promise.all(old.map(name => rm(join(folder, name), { recursive: true, force: true })))
  return join(place, 'native')
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, target)
    // Static libraries are for compilers. Links are made afresh.
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target, constants.COPYFILE_FICLONE)
      await chmod(target, 0o755)
    }
  }
}
