import { Readable } from 'node:stream'
import type { RecordingStore } from '../../kernel/ports/index.js'
import { type Door, open, unexpected, unreachable } from './ask.js'

/** How long one piece of audio may let wait for itself. */
const PIECE_MS = 30_000

/** Recordings below the system's own address; what lies elsewhere is not fetched, since the secret would go there. */
export const recordingsOf = (door: Door): RecordingStore => ({
  fetch: async (where, signal) => {
    const response = await open(door, { path: pathOf(door, where), signal })
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel()
      throw unexpected(response.status)
    }
    const bytes = Number(response.headers.get('content-length') ?? Number.NaN)
    return {
      audio: Readable.from(pieces(response.body, signal), { objectMode: false }),
      ...(Number.isSafeInteger(bytes) && bytes >= 0 && { bytes }),
      ...(response.headers.has('content-type') && { contentType: response.headers.get('content-type')! }),
    }
  },
})

/** A path below the address, or the whole of such an address. */
function pathOf({ address }: Door, where: string): string {
  const base = address.href.replace(/\/$/, '')
  const url = URL.parse(/^https?:/i.test(where) ? where : `${base}/${where.replace(/^\/+/, '')}`)
  if (!url?.href.startsWith(`${base}/`)) throw unreachable('the recording lies outside of its address')
  return url.href.slice(base.length)
}

async function* pieces(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), signal)
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function inTime<T>(piece: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (error: unknown) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
      reject(error)
    }
    const aborted = () => stop(signal.reason)
    const timer = setTimeout(() => stop(unreachable('the recording stopped coming')), PIECE_MS)
    signal.addEventListener('abort', aborted)
    piece.then(value => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
      resolve(value)
    }, stop)
  })
}
