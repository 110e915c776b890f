import type { Socket } from 'node:net'
import { FrameError } from '../common/frameError.js'
import { reasonOf } from '../common/reasonOf.js'
import type { StreamConnection, StreamHandlers } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import type { FsEvent } from './event.js'
import { type Frame, FrameParser } from './frame.js'
import { subscription } from './readEvent.js'
import type { EventSocketSettings } from './settings.js'

const LOGIN_MS = 10_000
const PING_EVERY_MS = 15_000
const PING_MS = 10_000

export interface ConnectionHandlers extends StreamHandlers {
  event(event: FsEvent): void
}

/** One connection to an event socket, from its greeting to the end. Whatever stays unanswered too long ends it. */
export class Connection implements StreamConnection {
  readonly #socket: Socket
  readonly #parser = new FrameParser(frame => this.#frame(frame))
  /** What is asked and not yet answered, in order: answers name no question. */
  readonly #asked: ((answer: string) => void)[] = []
  #greeted = false
  #isUp = false
  #cancelTimer: () => void = () => {}
  #reason: string | undefined
  #paused = false

  constructor(
    private readonly settings: EventSocketSettings,
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

  /** Runs a command of FreeSWITCH's own; `answered` gets what it prints. */
  ask(command: string, answered: (answer: string) => void): void {
    this.#send(`api ${command}`, answered)
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
      this.#parser.push(piece)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.end(error.message)
    }
  }

  #frame({ headers, body }: Frame): void {
    if (this.#reason !== undefined) return
    switch (headers.get('Content-Type')) {
      case 'auth/request':
        this.#login()
        return
      case 'command/reply':
        this.#asked.shift()?.(headers.get('Reply-Text') ?? '')
        return
      case 'api/response':
        this.#asked.shift()?.(body)
        return
      case 'text/event-json':
        if (this.#isUp) this.handlers.event(eventOf(body))
        return
      case 'text/rude-rejection':
        this.end('it refuses connections from here; check apply-inbound-acl in event_socket.conf.xml')
        return
      case 'text/disconnect-notice':
        this.end('it closed the connection')
        return
      default:
        if (!this.#greeted) throw new FrameError('it does not greet as an event socket of FreeSWITCH')
    }
  }

  /** Not before it asks: whoever else listens there shall not be told the password. */
  #login(): void {
    if (this.#greeted) return
    this.#greeted = true
    this.#send(`auth ${this.settings.password}`, reply => {
      if (!reply.startsWith('+OK')) this.end('it refused the login; check the password of event_socket.conf.xml')
      else this.#send(`event json ${subscription}`, answer => this.#welcome(answer))
    })
  }

  #welcome(answer: string): void {
    if (!answer.startsWith('+OK')) {
      this.end('it does not tell its events; check the rights of its event socket')
      return
    }
    this.#isUp = true
    this.#pingLater()
    this.handlers.up()
  }

  #pingLater(): void {
    this.#cancelTimer()
    if (this.#paused) return
    this.#timer(PING_EVERY_MS, () => {
      this.ask('echo hub', () => this.#pingLater())
      this.#timer(PING_MS, () => this.end(`it did not answer a ping within ${PING_MS / 1000} s`))
    })
  }

  #timer(ms: number, run: () => void): void {
    this.#cancelTimer()
    this.#cancelTimer = this.surroundings.after(ms, run)
  }

  #send(command: string, answered: (answer: string) => void): void {
    this.#asked.push(answered)
    this.#socket.write(`${command}\n\n`)
  }
}

function eventOf(body: string): FsEvent {
  try {
    const event: unknown = JSON.parse(body)
    if (typeof event === 'object' && event !== null && !Array.isArray(event)) return event as FsEvent
  } catch {
    // The parser's own message would quote the event.
  }
  throw new FrameError('it sent an event that is no JSON')
}
