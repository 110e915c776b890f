import { HubError } from '../../kernel/errors.js'
import { reasonOf } from '../common/reasonOf.js'

/** Where a system answers, and what opens its door. */
export interface Door {
  address: URL
  secret: string
}

export interface Asked {
  method?: 'GET' | 'POST'
  /** Below the address, with its slash. */
  path: string
  body?: object
  signal?: AbortSignal
}

export interface Answer {
  status: number
  /** The parsed body; undefined where there is none, or none that is JSON. */
  json: unknown
}

const ANSWER_MS = 5_000
const MOST_BYTES = 8 * 1024 * 1024

/** Asks, and reads the answer whole. Rejects with UNAVAILABLE in words that hold nothing the system sent, and no number. */
export async function ask(door: Door, asked: Asked): Promise<Answer> {
  return inTime(asked, async signal => {
    const response = await request(door, asked, signal)
    return { status: response.status, json: parsed(await textOf(response)) }
  })
}

async function request({ address, secret }: Door, { method = 'GET', path, body }: Asked, signal: AbortSignal) {
  const response = await fetch(`${address.href.replace(/\/$/, '')}${path}`, {
    method,
    // Whoever answers elsewhere would be given the secret, and the number.
    redirect: 'manual',
    signal,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel()
    throw unreachable('it sends the hub elsewhere, where the hub does not go')
  }
  return response
}

async function inTime<T>(asked: Asked, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), ANSWER_MS)
  try {
    return await work(asked.signal ? AbortSignal.any([late.signal, asked.signal]) : late.signal)
  } catch (error) {
    if (error instanceof HubError) throw error
    if (asked.signal?.aborted) throw asked.signal.reason
    throw unreachable(late.signal.aborted ? `it did not answer within ${ANSWER_MS / 1000} s` : whyBroken(error))
  } finally {
    clearTimeout(timer)
  }
}

/** What fetch throws says nothing; its cause does. */
function whyBroken(error: unknown): string {
  const { cause } = error as { cause?: unknown }
  return cause instanceof Error ? reasonOf(cause) : 'the connection failed'
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > MOST_BYTES) throw unreachable('it answered more than the hub reads')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

export const unreachable = (why: string): HubError =>
  new HubError('UNAVAILABLE', `The phone system cannot be asked: ${why}.`)

/** The answer was another one than the protocol knows. Its words may hold anything, and are not repeated. */
export const unexpected = (status: number): HubError => unreachable(`it answered with HTTP ${status}`)
