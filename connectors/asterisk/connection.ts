import type { Socket } from 'node:net'
import { FrameError } from '../common/frameError.js'
import { reasonOf } from '../common/reasonOf.js'
import type { StreamConnection, StreamHandlers } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import { type AmiEvent, header } from './amiEvent.js'
import { FrameParser } from './frame.js'
import type { AsteriskSettings } from './settings.js'

const LOGIN_MS = 10_000
const PING_EVERY_MS = 15_000
const PING_MS = 10_000

/** Classes of events the hub reads: channels, queues, dial-plan variables, its own user events, records of calls. */
const EVENT_MASK = 'call,agent,user,cdr,dialplan'

export interface ConnectionHandlers extends StreamHandlers {
  event(event: AmiEvent): void
}

/** One connection to a manager interface, from the greeting to the end. Whatever stays unanswered too long ends it. */
export class Connection implements StreamConnection {
  readonly #socket: Socket
  readonly #parser = new FrameParser(frame => this.#frame(frame))
  #actions = 0
  #login: string | undefined
  #loggedIn = false
  #ping: string | undefined
  #cancelTimer: () => void = () => {}
  #reason: string | undefined
  #paused = false

  constructor(
    private readonly settings: AsteriskSettings,
    private readonly surroundings: Surroundings,
    private readonly handlers: ConnectionHandlers,
  ) {
    this.#timer(LOGIN_MS, () => this.end(`it did not answer the login within ${LOGIN_MS / 1000} s`))
    this.#socket = surroundings.connect(settings)
    this.#socket.setNoDelay(true)
    this.#socket.on('data', piece => this.#read(piece))
    this.#socket.on('error', error => this.end(reasonOf(error)))
    this.#socket.on('close', () => this.end('it closed the connection'))
  }

  /** Asks for a list; its entries come as events. */
  ask(action: string): void {
    this.#send(action)
  }

  /** While paused, nothing is read: the other side has to keep it, and no answer to a ping is waited for. */
  pause(): void {
    this.#paused = true
    this.#socket.pause()
    if (this.#loggedIn) this.#cancelTimer()
  }

  resume(): void {
    this.#paused = false
    this.#socket.resume()
    if (this.#loggedIn) this.#pingLater()
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
      this.#parser.push(piece)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.end(error.message)
      return
    }
    // Not before the greeting: whoever else listens there shall not be told the secret.
    if (this.#parser.greeted && this.#login === undefined) {
      const { username, secret } = this.settings
      this.#login = this.#send('Login', { Username: username, Secret: secret, Events: EVENT_MASK })
    }
  }

  #frame(frame: AmiEvent): void {
    if (this.#reason !== undefined) return
    if (header(frame, 'Response') !== undefined) this.#answer(frame)
    else if (this.#loggedIn) this.handlers.event(frame)
  }

  #answer(frame: AmiEvent): void {
    const action = header(frame, 'ActionID')
    const success = header(frame, 'Response') === 'Success'
    if (action !== undefined && action === this.#login && !this.#loggedIn) {
      if (success) this.#welcome()
      else this.end('it refused the login; check username and secret')
    } else if (action !== undefined && action === this.#ping) {
      this.#ping = undefined
      this.#pingLater()
    }
  }

  #welcome(): void {
    this.#loggedIn = true
    this.#pingLater()
    this.handlers.up()
  }

  #pingLater(): void {
    this.#cancelTimer()
    if (this.#paused) return
    this.#timer(PING_EVERY_MS, () => {
      this.#ping = this.#send('Ping')
      this.#timer(PING_MS, () => this.end(`it did not answer a ping within ${PING_MS / 1000} s`))
    })
  }

  #timer(ms: number, run: () => void): void {
    this.#cancelTimer()
    this.#cancelTimer = this.surroundings.after(ms, run)
  }

  #send(action: string, headers: Record<string, string> = {}): string {
    const id = `hub-${++this.#actions}`
    const lines = Object.entries({ Action: action, ActionID: id, ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    return id
  }
}
