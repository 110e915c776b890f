import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { isLoopback } from '../../kernel/env/index.js'
import { HubError } from '../../kernel/errors.js'
import type { FetchedRecording, RecordingStore } from '../../kernel/ports/index.js'

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
      username: z.string().optional(),
      password: z.string().optional(),
      /** Instead of a name and a password. */
      token: z.string().optional(),
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
export function recordingStore(place: RecordingPlace): RecordingStore {
  return {
    fetch: async (where, signal) => {
      const path = pathBelow(place, where)
      return 'url' in place ? fromServer(place, path, signal) : fromFolder(place.folder, path, signal)
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
    return await withAudio(audio, path, { bytes: stats.size })
  } catch (error) {
    await handle?.close().catch(() => undefined)
    if (error instanceof HubError) throw error
    signal.throwIfAborted()
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT' || code === 'ENOTDIR') throw notThere()
    throw new HubError('UNAVAILABLE', `The folder of recordings cannot be read (${code || 'unknown'}).`)
  }
}

async function fromServer(
  { url, username, password, token }: Extract<RecordingPlace, { url: string }>,
  path: string[],
  signal: AbortSignal,
): Promise<FetchedRecording> {
  const basic = username === undefined ? undefined : Buffer.from(`${username}:${password ?? ''}`).toString('base64')
  const authorization = token !== undefined ? `Bearer ${token}` : basic !== undefined ? `Basic ${basic}` : undefined
  const target = new URL(path.map(encodeURIComponent).join('/'), url.endsWith('/') ? url : `${url}/`)
  const answer = await answerOf(target, authorization, signal)
  const contentType = answer.headers.get('content-type') ?? undefined
  if (answer.status !== 200 || !answer.body || /^text\//.test(contentType ?? '')) {
    await answer.body?.cancel()
    throw refusal(answer.status)
  }
  const length = answer.headers.get('content-length')
  // Of what was packed for its way the length is another.
  const bytes = length !== null && !answer.headers.has('content-encoding') ? Number(length) : undefined
  const audio = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0], { signal })
  try {
    return await withAudio(audio, path, {
      ...(bytes !== undefined && { bytes }),
      ...(contentType !== undefined && { contentType }),
    })
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof HubError
      ? error
      : new HubError('UNAVAILABLE', 'The server of recordings broke off. Try again.')
  }
}

/** Wherever it might lead on to, another server is not told the password. */
async function answerOf(target: URL, authorization: string | undefined, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(target, {
      signal,
      redirect: 'manual',
      headers: { ...(authorization !== undefined && { authorization }) },
    })
  } catch (error) {
    signal.throwIfAborted()
    // The message itself would quote the address, and with it the number.
    const cause = (error as { cause?: NodeJS.ErrnoException }).cause?.code ?? 'unknown'
    throw new HubError('UNAVAILABLE', `The server of recordings cannot be reached (${cause}). Try again.`)
  }
}

function refusal(status: number): HubError {
  if (status === 404 || status === 410) return notThere()
  if (status === 401 || status === 403)
    return new HubError('UNAVAILABLE', 'The server of recordings refuses the hub; check settings.recordings.')
  if (status === 200)
    return new HubError('UNAVAILABLE', 'The server of recordings answers with a page, not with audio.')
  return new HubError('UNAVAILABLE', `The server of recordings answers ${status}. Try again.`)
}

const EMPTY_WAV = 44

/** What was never spoken leaves the head of a file, or nothing. */
async function withAudio(
  source: Readable,
  path: string[],
  told: Omit<FetchedRecording, 'audio'>,
): Promise<FetchedRecording> {
  const least = path.at(-1)!.toLowerCase().endsWith('.wav') ? EMPTY_WAV : 0
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
