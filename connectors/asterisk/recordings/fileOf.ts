/**
 * Where a recording lies below the folder of recordings, by what Asterisk called it (MIXMONITOR_FILENAME: a whole path, or a name). null: it
 * leads out of there, or is no name of a file. What Asterisk has elsewhere is looked for by its name.
 */
export function fileOf(where: string, pbxFolder: string): string | null {
  if (where.length > 1000 || /\p{Cc}/u.test(where)) return null
  const root = pbxFolder.replace(/\/*$/, '/')
  const below = where.startsWith(root) ? where.slice(root.length) : where.startsWith('/') ? lastOf(where) : where
  const steps = below.split('/').filter(step => step !== '' && step !== '.')
  return steps.length === 0 || steps.includes('..') || below.includes('\\') ? null : steps.join('/')
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
