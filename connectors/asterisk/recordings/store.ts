import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { FetchedRecording, RecordingStore } from '../../../kernel/ports/index.js'
import { fetchFrom } from '../../common/fetchFrom.js'
import { realSurroundings, type Surroundings } from '../../common/surroundings.js'
import { fileOf } from './fileOf.js'
import type { RecordingSettings } from './settings.js'

const MOST_BYTES = 4 * 2 ** 30
/** The head of a wav file. Of a call that was never connected there is nothing else. */
const EMPTY_WAV = 44
const TYPES = new Map([
  ['.wav', 'audio/wav'],
  ['.wav49', 'audio/wav'],
  ['.mp3', 'audio/mpeg'],
  ['.ogg', 'audio/ogg'],
  ['.gsm', 'audio/gsm'],
  ['.g722', 'audio/g722'],
  ['.sln', 'audio/x-raw'],
  ['.ulaw', 'audio/basic'],
  ['.alaw', 'audio/x-alaw-basic'],
])

/** Fetches what MixMonitor recorded. Messages name no file: Asterisk may have put the number into its name. */
export function recordingStoreOf(
  settings: RecordingSettings,
  surroundings: Surroundings = realSurroundings,
): RecordingStore {
  return {
    fetch: async (where, signal) => {
      const file = fileOf(where, settings.pbxFolder)
      const type = TYPES.get(extname(file ?? '').toLowerCase())
      if (file === null || type === undefined) throw new Error('What the phone system named is no file of a recording.')
      const found =
        settings.folder === undefined
          ? await fromWeb(settings, file, signal, surroundings)
          : await fromFolder(settings.folder, file, signal)
      if (found.bytes === undefined || found.bytes > EMPTY_WAV) return { contentType: type, ...found }
      found.audio.destroy()
      throw new Error('The recording holds no sound: the call was never connected.')
    },
  }
}

async function fromFolder(folder: string, file: string, signal: AbortSignal): Promise<FetchedRecording> {
  const missing = (error: unknown) => Promise.reject(new Error(reasonOf(error, folder)))
  const root = await realpath(folder).catch(missing)
  const path = await realpath(join(root, file)).catch(missing)
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep))
    throw new Error(`The recording leads out of the folder ${folder}.`)
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(missing)
  const stats = await handle.stat()
  if (!stats.isFile()) {
    await handle.close()
    throw new Error(`What the phone system named is no file in the folder ${folder}.`)
  }
  return { audio: handle.createReadStream({ signal }), bytes: stats.size }
}

async function fromWeb(
  settings: RecordingSettings,
  file: string,
  signal: AbortSignal,
  surroundings: Surroundings,
): Promise<FetchedRecording> {
  const url = new URL(settings.url!.replaceAll('{file}', file.split('/').map(encodeURIComponent).join('/')))
  const { headers, pieces, cancel } = await fetchFrom(url, settings, { signal, surroundings, mostBytes: MOST_BYTES })
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== undefined && !/^(audio\/|application\/octet-stream$)/.test(type)) {
    cancel()
    throw new Error(
      `${url.host} answered with ${/^[\w.+/-]{1,60}$/.test(type) ? type : 'something else'}, which is no audio.`,
    )
  }
  const length = headers.get('content-length')
  return {
    audio: Readable.from(pieces, { objectMode: false }),
    ...(length !== null && headers.get('content-encoding') === null && { bytes: Number(length) }),
    ...(type?.startsWith('audio/') && { contentType: type }),
  }
}

function reasonOf(error: unknown, folder: string): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `The recording is not in the folder ${folder}.`
    case 'EACCES':
      return `The hub may not read the recordings in the folder ${folder}.`
    default:
      return `The recording in the folder ${folder} cannot be read.`
  }
}
