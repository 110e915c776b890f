import { FrameError } from '../common/frameError.js'
import { SocketConnection } from '../common/socketConnection.js'
import type { StreamHandlers } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import type { FsEvent } from './event.js'
import { type Frame, FrameParser } from './frame.js'
import type { EventSocketSettings } from './settings.js'

export interface ConnectionHandlers extends StreamHandlers {
  event(event: FsEvent): void
}

/** One connection to an event socket. It is told the events whose names it is given, in one line. */
export class Connection extends SocketConnection {
  readonly #parser = new FrameParser(frame => this.#frame(frame))
  /** What is asked and not yet answered, in order: answers name no question. */
  readonly #asked: ((answer: string) => void)[] = []
  readonly #event: (event: FsEvent) => void
  #greeted = false

  constructor(
    private readonly settings: EventSocketSettings,
    private readonly events: string,
    surroundings: Surroundings,
    handlers: ConnectionHandlers,
  ) {
    super(settings, surroundings, handlers)
    this.#event = event => handlers.event(event)
  }

  /** Runs a command of FreeSWITCH's own; `answered` gets what it prints. */
  ask(command: string, answered: (answer: string) => void): void {
    this.#send(`api ${command}`, answered)
  }

  /** Has it run beside this connection: the event BACKGROUND_JOB of this id tells how it ended. */
  order(command: string, job: string, answered: (reply: string) => void): void {
    this.#send(`bgapi ${command}\nJob-UUID: ${job}`, answered)
  }

  /** Of events, only those with this header and value, or another one that was asked for so. */
  only(header: string, value: string): void {
    this.#send(`filter ${header} ${value}`, () => undefined)
  }

  protected override read(piece: Buffer): void {
    this.#parser.push(piece)
  }

  protected override ping(): void {
    this.ask('echo hub', () => this.pinged())
  }

  #frame({ headers, body }: Frame): void {
    if (this.isOver) return
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
        if (this.isUp) this.#event(eventOf(body))
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
      else this.#send(`event json ${this.events}`, answer => this.#subscribed(answer))
    })
  }

  #subscribed(answer: string): void {
    if (answer.startsWith('+OK')) this.welcome()
    else this.end('it does not tell its events; check the rights of its event socket')
  }

  #send(command: string, answered: (answer: string) => void): void {
    this.#asked.push(answered)
    this.write(`${command}\n\n`)
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
