import { reasonOf } from './reasonOf.js'
import type { Surroundings } from './surroundings.js'

const ANSWER_MS = 30_000
const STALL_MS = 30_000

/** How the hub signs in to a web server; none: it needs no sign-in. */
export interface WebAccount {
  username?: string | undefined
  password?: string | undefined
  token?: string | undefined
}

export interface Fetched {
  headers: Headers
  /** Throws where it stalls, breaks off, or grows larger than it may. */
  pieces: AsyncIterable<Buffer>
  /** For whoever does not want the pieces after all. */
  cancel(): void
}

/**
 * Reads from a web server that a person named in the settings. It goes nowhere else: a redirect could lead the account's secret away. What it
 * throws holds no part of the address but its host.
 */
export async function fetchFrom(
  url: URL,
  account: WebAccount,
  { signal, surroundings, mostBytes }: { signal: AbortSignal; surroundings: Surroundings; mostBytes: number },
): Promise<Fetched> {
  const stop = new AbortController()
  const late = (ms: number) =>
    surroundings.after(ms, () => stop.abort(new NotFetched(`${url.host} did not answer for ${ms / 1000} s.`)))
  const cancel = late(ANSWER_MS)
  const both = AbortSignal.any([signal, stop.signal])
  try {
    const answer = await fetch(url, { headers: signedIn(account), redirect: 'manual', signal: both })
    if (answer.status !== 200 || !answer.body) {
      await answer.body?.cancel().catch(() => undefined)
      throw new NotFetched(`${url.host} ${refusal(answer.status)}`, answer.status)
    }
    return {
      headers: answer.headers,
      pieces: piecesOf(answer.body, url, { late, both, mostBytes }),
      cancel: () => stop.abort(new Error('It is not wanted.')),
    }
  } catch (error) {
    throw failure(error, url, both)
  } finally {
    cancel()
  }
}

async function* piecesOf(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  { late, both, mostBytes }: { late(ms: number): () => void; both: AbortSignal; mostBytes: number },
): AsyncGenerator<Buffer> {
  let cancel = late(STALL_MS)
  let bytes = 0
  try {
    for await (const piece of body) {
      cancel()
      bytes += piece.length
      if (bytes > mostBytes) throw new NotFetched(`${url.host} sent more than ${mostBytes / 2 ** 20} MiB.`)
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
      cancel = late(STALL_MS)
    }
  } catch (error) {
    throw failure(error, url, both)
  } finally {
    cancel()
  }
}

/** Why there is nothing to read; `status` where the server answered. */
export class NotFetched extends Error {
  constructor(
    message: string,
    readonly status?: number,
  ) {
    super(message)
  }
}

function failure(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof NotFetched) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error)
  return new NotFetched(`${url.host}: ${reasonOf(cause)}.`)
}

function refusal(status: number): string {
  if (status === 401 || status === 403) return `refused the account (${status}); check its name and secret.`
  if (status === 404) return 'has no such file (404).'
  if (status >= 300 && status < 400)
    return `sends the hub elsewhere (${status}), where it does not go; put the final address into the settings.`
  return `answered ${status}.`
}

function signedIn({ username, password, token }: WebAccount): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (username === undefined) return {}
  return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` }
}
