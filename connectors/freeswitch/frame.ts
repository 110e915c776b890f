import { FrameError } from '../common/frameError.js'

const LARGEST_HEAD = 16 * 1024
/** A list of ten thousand channels has about five. */
const LARGEST_BODY = 16 * 1024 * 1024
const END_OF_HEAD = '\n\n'

/** A message of the event socket. */
export interface Frame {
  headers: Map<string, string>
  body: string
}

/**
 * Reads messages of the event socket from bytes in whatever pieces they come: lines of `Name: value`, an empty line, and as many bytes as
 * `Content-Length` says. Keeps one unfinished message at most, and throws FrameError where one would grow too large.
 */
export class FrameParser {
  #pieces: Buffer[] = []
  #size = 0
  /** Bytes that must be there before there is anything to read. */
  #wanted = 1
  #headers: Map<string, string> | undefined

  constructor(private readonly take: (frame: Frame) => void) {}

  /** Hands over the messages that this piece completes, also those before the place where it throws. */
  push(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#size += piece.length
    if (this.#size < this.#wanted) return
    let rest: Buffer = Buffer.concat(this.#pieces, this.#size)
    for (let left = this.#read(rest); left !== undefined; left = this.#read(rest)) rest = left
    // Copied, so that an unfinished message does not keep the whole piece in memory.
    this.#pieces = rest.length > 0 ? [Buffer.from(rest)] : []
    this.#size = rest.length
  }

  /** Reads a head or a body; returns what is left, or undefined where more has to come. */
  #read(bytes: Buffer): Buffer | undefined {
    if (!this.#headers) return this.#head(bytes)
    const length = this.#wanted
    if (bytes.length < length) return undefined
    this.#finish(this.#headers, bytes.toString('utf8', 0, length))
    return bytes.subarray(length)
  }

  #head(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(END_OF_HEAD)
    if ((end < 0 ? bytes.length : end) > LARGEST_HEAD) throw new FrameError('it sent headers of more than 16 KiB')
    if (end < 0) return undefined
    const headers = headersOf(bytes.toString('utf8', 0, end))
    const rest = bytes.subarray(end + END_OF_HEAD.length)
    const length = headers.get('Content-Length')
    if (length === undefined) {
      if (end > 0) this.#finish(headers, '')
    } else {
      this.#headers = headers
      this.#wanted = lengthOf(length)
    }
    return rest
  }

  #finish(headers: Map<string, string>, body: string): void {
    this.#headers = undefined
    this.#wanted = 1
    this.take({ headers, body })
  }
}

function headersOf(head: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return headers
}

function lengthOf(text: string): number {
  const length = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(length)) throw new FrameError('it sent a message whose length is no number')
  if (length > LARGEST_BODY) throw new FrameError('it sent a message of more than 16 MiB')
  return length
}
