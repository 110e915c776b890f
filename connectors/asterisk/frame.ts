import { FrameError } from '../common/frameError.js'
import type { AmiEvent } from './amiEvent.js'

const LONGEST_LINE = 16 * 1024
const LARGEST_FRAME = 64 * 1024
const NEWLINE = 0x0a
const RETURN = 0x0d
const BANNER = /^Asterisk Call Manager\/\S+/

/**
 * Reads messages of the manager interface from bytes in whatever pieces they come. The first line is the banner; a message is lines of
 * `Name: value` and ends with an empty one. Keeps one unfinished message at most, and throws FrameError where one would grow too large.
 */
export class FrameParser {
  #rest: Buffer = Buffer.alloc(0)
  #frame: AmiEvent = newFrame()
  #size = 0
  #greeted = false

  constructor(private readonly take: (frame: AmiEvent) => void) {}

  /** It has said that it is a manager interface. */
  get greeted(): boolean {
    return this.#greeted
  }

  /** Hands over the messages that this piece completes, also those before the place where it throws. */
  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#line(bytes.subarray(start, end))
      start = end + 1
    }
    // Copied, so that an unfinished line does not keep the whole piece in memory.
    this.#rest = Buffer.from(bytes.subarray(start))
    checkLine(this.#rest)
  }

  #line(bytes: Buffer): void {
    checkLine(bytes)
    const length = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length
    if (!this.#greeted) {
      this.#greeted = BANNER.test(bytes.toString('latin1', 0, length))
      if (!this.#greeted) throw new FrameError('it does not greet as an Asterisk manager interface')
      return
    }
    if (length === 0) {
      this.#finish()
      return
    }
    this.#size += bytes.length
    if (this.#size > LARGEST_FRAME) throw new FrameError('it sent a message of more than 64 KiB')
    this.#header(bytes.toString('utf8', 0, length))
  }

  #header(line: string): void {
    const colon = line.indexOf(':')
    // Output of a command has lines that are no headers.
    if (colon <= 0) return
    const name = line.slice(0, colon)
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    const before = this.#frame[name]
    if (before === undefined) this.#frame[name] = value
    else if (Array.isArray(before)) before.push(value)
    else this.#frame[name] = [before, value]
  }

  #finish(): void {
    const frame = this.#frame
    this.#frame = newFrame()
    this.#size = 0
    if (Object.keys(frame).length > 0) this.take(frame)
  }
}

/** Without a prototype: a header may have any name. */
const newFrame = (): AmiEvent => Object.create(null) as AmiEvent

function checkLine(bytes: Buffer): void {
  if (bytes.length > LONGEST_LINE) throw new FrameError('it sent a line of more than 16 KiB')
}
