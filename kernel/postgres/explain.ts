/** What is wrong, by what PostgreSQL said, and what to do. In the order of trial: a full table of semaphores also "leaves no space". */
const EXPLANATIONS: [RegExp, string][] = [
  [
    /could not create semaphores|semget/,
    'The system allows no more semaphores: end other PostgreSQL servers, or raise kernel.sem.',
  ],
  [
    /shared memory/,
    'The system gives PostgreSQL no shared memory: make /dev/shm larger (docker run --shm-size=256m), or free memory.',
  ],
  [
    /No space left on device|Disk quota exceeded/,
    'The disk is full: free some space, or set HUB_DATA to a folder on another disk.',
  ],
  [
    /Read-only file system/,
    'The data folder is on a disk that is mounted read-only: set HUB_DATA to a folder that can be written.',
  ],
  [
    /Permission denied|EACCES/,
    'The user that PostgreSQL runs as may not use its files: give them to that user (chown -R), or set HUB_DATA to another folder.',
  ],
  [
    /could not look up effective user ID/,
    'This user has no name on this machine: add it to /etc/passwd, or start the hub as another user.',
  ],
  [
    /incompatible with server/,
    'The database was made by another version of PostgreSQL: open it with the hub it belongs to, make a backup there, and restore it here.',
  ],
  [
    /lock file .* already exists/,
    'Another server already runs on this data: end it, or set HUB_DATA to another folder.',
  ],
  [/error while loading shared libraries/, 'A library of the embedded PostgreSQL is missing: run npm ci again.'],
  [
    /ENOENT|not found|No such file or directory/,
    'A file is missing. On a system without the GNU C library (Alpine) the embedded PostgreSQL does not run: set DATABASE_URL. Else run npm ci again.',
  ],
  [
    /could not locate a valid checkpoint record|invalid primary checkpoint|PANIC/,
    'The database files are damaged: restore a backup.',
  ],
]

const TAKEN = /could not bind|could not create any TCP\/IP sockets/

/** An error out of what a program of PostgreSQL said before it failed. */
export function explainFailure(said: string, { command, biPort }: { command: string; biPort?: number | null }): Error {
  const advice =
    biPort && TAKEN.test(said)
      ? `Port ${biPort} of 127.0.0.1 is taken: set BI_PORT to another one, or unset it.`
      : EXPLANATIONS.find(([pattern]) => pattern.test(said))?.[1]
  const lines = said
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-8)
  const heard = lines.length > 0 ? `It said:\n${lines.join('\n')}` : 'It said nothing.'
  return new Error(`PostgreSQL did not start. ${advice ? `${advice} ` : ''}${heard}`, { cause: command })
}

const ACCESS: Record<string, string> = {
  ENOSPC: 'the disk is full. Free some space, or set HUB_DATA to a folder on another disk',
  EDQUOT: 'your disk quota is used up. Free some space, or set HUB_DATA to a folder on another disk',
  EROFS: 'it is on a disk that is mounted read-only. Set HUB_DATA to a folder that can be written',
  EACCES:
    'this user may not write there. Start the hub as the owner of the folder, or set HUB_DATA to a folder of your own',
  EPERM:
    'this user may not write there. Start the hub as the owner of the folder, or set HUB_DATA to a folder of your own',
  ENOTDIR: 'part of the path is a file. Set HUB_DATA to a folder',
  EEXIST: 'part of the path is a file. Set HUB_DATA to a folder',
}

/** The same error where it already says what to do; a refusal of the file system with what to do about the data folder. */
export function explainAccess(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  const why = code && ACCESS[code]
  return why ? new Error(`The data folder ${folder} cannot be used: ${why}.`, { cause: error }) : error
}
