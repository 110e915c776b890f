import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { isLoopback } from '../../kernel/env/index.js'
import { HubError } from '../../kernel/errors.js'
import type { FetchedRecording, RecordingStore } from '../../kernel/ports/index.js'
import { fetchFrom, NotFetched, type WebAccount } from './fetchFrom.js'
import { webAccount } from './settings.js'
import { realSurroundings, type Surroundings } from './surroundings.js'

/** Longer than any call. */
const MOST_BYTES = 4 * 2 ** 30

const absolute = z.string().regex(/^\//, 'must be an absolute path')

/** `settings.recordings`: a folder that the hub can read, or a server from which it can fetch. */
export const recordingPlace = z.union(
  [
    z.strictObject({
      /** Where the hub finds the recordings. */
      folder: absolute,
      /** The same folder as the phone system calls it; left out where both call it the same. */
      pbxFolder: absolute.optional(),
    }),
    z.strictObject({
      /** What a recording's path below `pbxFolder` is put behind. */
      url: z
        .url({ protocol: /^https?$/ })
        .refine(url => !/[@?#]/.test(url), 'username and password have their own places'),
      pbxFolder: absolute,
      ...webAccount,
    }),
  ],
  'need a folder, or a url with pbxFolder: the folder as the phone system calls it',
)

export type RecordingPlace = z.output<typeof recordingPlace>

/** Whether recordings, and what signs in to fetch them, could be read on their way. */
export function isReadablePlace(place: RecordingPlace | null): boolean {
  if (place === null || !('url' in place)) return false
  const { protocol, hostname } = new URL(place.url)
  return protocol === 'http:' && !isLoopback(hostname)
}

/** The recordings of a phone system, by the paths that it names. Messages of errors hold no path: it may contain a number. */
export function recordingStore(place: RecordingPlace, surroundings: Surroundings = realSurroundings): RecordingStore {
  return {
    fetch: async (where, signal) => {
      const path = pathBelow(place, where)
      if (!('url' in place)) return fromFolder(place.folder, path, signal)
      const { url, ...account } = place
      const target = new URL(path.map(encodeURIComponent).join('/'), url.endsWith('/') ? url : `${url}/`)
      return recordingFrom(target, account, signal, surroundings)
    },
  }
}

/** The parts of the path below the folder of recordings. */
function pathBelow(place: RecordingPlace, where: string): string[] {
  const pbxFolder = `${(place.pbxFolder ?? ('folder' in place ? place.folder : '')).replace(/\/+$/, '')}/`
  const below = where.startsWith(pbxFolder) ? where.slice(pbxFolder.length).replace(/^\/+/, '') : where
  const parts = below.split('/').filter(part => part !== '' && part !== '.')
  if (below.startsWith('/') || below.includes('\0') || parts.includes('..') || parts.length === 0)
    throw notThere('The phone system keeps this recording outside of the folder that the settings name.')
  return parts
}

const AUDIO = new Map([
  ['.wav', 'audio/wav'],
  ['.mp3', 'audio/mpeg'],
  ['.ogg', 'audio/ogg'],
  ['.gsm', 'audio/gsm'],
  ['.ulaw', 'audio/basic'],
  ['.alaw', 'audio/x-alaw-basic'],
])

async function fromFolder(folder: string, path: string[], signal: AbortSignal): Promise<FetchedRecording> {
  let handle: FileHandle | undefined
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, ...path))
    const below = relative(root, file)
    if (below === '' || below === '..' || below.startsWith(`..${sep}`)) throw notThere()
    // A pipe would keep the hub waiting for whoever writes into it.
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stats = await handle.stat()
    if (!stats.isFile()) throw notThere()
    const audio = handle.createReadStream({ signal })
    const contentType = AUDIO.get(extname(file).toLowerCase())
    return await withAudio(audio, file, { bytes: stats.size, ...(contentType !== undefined && { contentType }) })
  } catch (error) {
    await handle?.close().catch(() => undefined)
    if (error instanceof HubError) throw error
    signal.throwIfAborted()
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT' || code === 'ENOTDIR') throw notThere()
    throw new HubError('UNAVAILABLE', `The folder of recordings cannot be read (${code || 'unknown'}).`)
  }
}

/** One recording of a web server. Messages of errors name no more of the address than its host. */
export async function recordingFrom(
  target: URL,
  account: WebAccount,
  signal: AbortSignal,
  surroundings: Surroundings = realSurroundings,
): Promise<FetchedRecording> {
  try {
    const { headers, pieces, cancel } = await fetchFrom(target, account, {
      signal,
      surroundings,
      mostBytes: MOST_BYTES,
    })
    const contentType = headers.get('content-type') ?? undefined
    if (/^text\//.test(contentType ?? '')) {
      cancel()
      throw new HubError('UNAVAILABLE', 'The server of recordings answers with a page, not with audio.')
    }
    const length = headers.get('content-length')
    // Of what was packed for its way the length is another.
    const bytes = length !== null && !headers.has('content-encoding') ? Number(length) : undefined
    return await withAudio(Readable.from(pieces, { objectMode: false }), target.pathname, {
      ...(bytes !== undefined && { bytes }),
      ...(contentType !== undefined && { contentType }),
    })
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof NotFetched ? refusal(error) : error
  }
}

function refusal({ status, message }: NotFetched): HubError {
  if (status === 404 || status === 410) return notThere()
  if (status === 401 || status === 403)
    return new HubError('UNAVAILABLE', 'The server of recordings refuses the hub; check settings.recordings.')
  return new HubError('UNAVAILABLE', `The server of recordings: ${message}`)
}

const EMPTY_WAV = 44

/** What was never spoken leaves the head of a file, or nothing. */
async function withAudio(
  source: Readable,
  path: string,
  told: Omit<FetchedRecording, 'audio'>,
): Promise<FetchedRecording> {
  const least = path.toLowerCase().endsWith('.wav') ? EMPTY_WAV : 0
  const pieces = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>
  const first: Buffer[] = []
  let size = 0
  while (size <= least) {
    const { value, done } = await pieces.next()
    if (done) throw notThere('The phone system kept no audio of this call.')
    first.push(value)
    size += value.length
  }
  const audio = Readable.from(continued(first, pieces), { objectMode: false })
  audio.once('close', () => source.destroy())
  return { ...told, audio }
}

async function* continued(first: Buffer[], rest: AsyncIterableIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* first
  yield* rest
}

const notThere = (message = 'The phone system does not have this recording, or not any more.') =>
  new HubError('NOT_FOUND', message)
