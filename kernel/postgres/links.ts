import { readlink, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'

export interface Link {
  source: string
  target: string
}

/** npm packs no symbolic links and need not run the package's install script, which would make them: so they are made here. */
export async function makeLinks(root: string, links: readonly Link[]): Promise<void> {
  for (const { source, target } of links) {
    const path = join(root, target)
    if ((await readlink(path).catch(() => null)) === null)
      await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
  }
}
