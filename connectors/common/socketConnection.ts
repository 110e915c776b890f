import type { Socket } from 'node:net'
import { FrameError } from './frameError.js'
import { reasonOf } from './reasonOf.js'
import type { StreamConnection, StreamHandlers } from './stream.js'
import type { Surroundings } from './surroundings.js'

const LOGIN_MS = 10_000
const PING_EVERY_MS = 15_000
const PING_MS = 10_000

export interface SocketAddress {
  host: string
  port: number
  tls: boolean
}

/** One connection to a phone system, from its greeting to the end. Whatever stays unanswered too long ends it. */
export abstract class SocketConnection implements StreamConnection {
  readonly #socket: Socket
  #isUp = false
  #cancelTimer: () => void = () => {}
  #reason: string | undefined
  #paused = false
  /** When the first ping was sent that waits for its answer. */
  #asked: Date | undefined

  constructor(
    address: SocketAddress,
    private readonly surroundings: Surroundings,
    private readonly handlers: StreamHandlers,
  ) {
    this.#timer(LOGIN_MS, () => this.end(`it did not answer the login within ${LOGIN_MS / 1000} s`))
    this.#socket = surroundings.connect(address)
    this.#socket.setNoDelay(true)
    this.#socket.on('data', piece => this.#read(piece))
    this.#socket.on('error', error => this.end(reasonOf(error)))
    this.#socket.on('close', () => this.end('it closed the connection'))
  }

  /** Bytes came, in whatever pieces. Throws FrameError where they break the protocol. */
  protected abstract read(piece: Buffer): void

  /** Asks for a sign of life; `pinged` is called once it has come. */
  protected abstract ping(): void

  protected get isUp(): boolean {
    return this.#isUp
  }

  /** Nothing that comes now matters any more. */
  protected get isOver(): boolean {
    return this.#reason !== undefined
  }

  protected write(text: string): void {
    this.#socket.write(text)
  }

  /** Logged in. */
  protected welcome(): void {
    this.#isUp = true
    this.#pingLater()
    this.handlers.up()
  }

  /** The answer stands in line behind all that was said before the question was. */
  protected pinged(): void {
    if (this.#asked) this.handlers.alive?.(this.#asked)
    this.#asked = undefined
    this.#pingLater()
  }

  #pingLater(): void {
    this.#cancelTimer()
    if (this.#paused) return
    this.#timer(PING_EVERY_MS, () => {
      this.#asked ??= this.surroundings.clock.now()
      this.ping()
      this.#timer(PING_MS, () => this.end(`it did not answer a ping within ${PING_MS / 1000} s`))
    })
  }

  /** While paused, nothing is read: the other side has to keep it, and no answer to a ping is waited for. */
  pause(): void {
    this.#paused = true
    this.#socket.pause()
    if (this.#isUp) this.#cancelTimer()
  }

  resume(): void {
    this.#paused = false
    this.#socket.resume()
    if (this.#isUp) this.#pingLater()
  }

  /** Ends it for this reason, if it has not ended for another. */
  end(reason: string): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#cancelTimer()
    this.#socket.destroy()
    this.handlers.closed(reason)
  }

  #read(piece: Buffer): void {
    try {
      this.read(piece)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.end(error.message)
    }
  }

  #timer(ms: number, run: () => void): void {
    this.#cancelTimer()
    this.#cancelTimer = this.surroundings.after(ms, run)
  }
}
