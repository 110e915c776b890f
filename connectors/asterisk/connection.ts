import { randomUUID } from 'node:crypto'
import { SocketConnection } from '../common/socketConnection.js'
import type { StreamHandlers } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import { type AmiEvent, header } from './amiEvent.js'
import { FrameParser } from './frame.js'
import type { AsteriskSettings } from './settings.js'

/** Classes of events the hub reads: channels, queues, dial-plan variables, its own user events, records of calls. */
const EVENT_MASK = 'call,agent,user,cdr,dialplan'

/** A header that repeats is a list. */
export type Headers = Record<string, string | string[]> & { ActionID?: string }

export interface ConnectionHandlers extends StreamHandlers {
  event(event: AmiEvent): void
  /** An answer to something that was asked for. */
  answer?(answer: AmiEvent): void
}

/** One connection to a manager interface. */
export class Connection extends SocketConnection {
  readonly #parser = new FrameParser(frame => this.#frame(frame))
  readonly #handlers: ConnectionHandlers
  /** Answers to what others ask for are seen by all, too. */
  readonly #name = `hub-${randomUUID().slice(0, 8)}`
  #actions = 0
  #login: string | undefined
  #ping: string | undefined

  constructor(
    private readonly settings: AsteriskSettings,
    surroundings: Surroundings,
    handlers: ConnectionHandlers,
    private readonly events = EVENT_MASK,
  ) {
    super(settings, surroundings, handlers)
    this.#handlers = handlers
  }

  /** Asks for something. Returns the ActionID that its answer will have; entries of a list come as events. */
  ask(action: string, headers: Headers = {}): string {
    return this.#send(action, headers)
  }

  protected override read(piece: Buffer): void {
    this.#parser.push(piece)
    // Not before the greeting: whoever else listens there shall not be told the secret.
    if (this.#parser.greeted && this.#login === undefined) {
      const { username, secret } = this.settings
      this.#login = this.#send('Login', { Username: username, Secret: secret, Events: this.events })
    }
  }

  protected override ping(): void {
    this.#ping = this.#send('Ping')
  }

  #frame(frame: AmiEvent): void {
    if (this.isOver) return
    if (header(frame, 'Response') !== undefined) this.#answer(frame)
    else if (this.isUp) this.#handlers.event(frame)
  }

  #answer(frame: AmiEvent): void {
    const action = header(frame, 'ActionID')
    if (action === undefined) return
    if (action === this.#login && !this.isUp) {
      if (header(frame, 'Response') === 'Success') this.welcome()
      else this.end('it refused the login; check username and secret')
    } else if (action === this.#ping) {
      this.#ping = undefined
      this.pinged()
    } else if (this.isUp) this.#handlers.answer?.(frame)
  }

  #send(action: string, { ActionID, ...headers }: Headers = {}): string {
    const id = ActionID ?? `${this.#name}-${++this.#actions}`
    const lines = Object.entries({ Action: action, ActionID: id, ...headers }).flatMap(([name, value]) =>
      [value].flat().map(one => `${name}: ${oneLineOf(one)}`),
    )
    this.write(`${lines.join('\r\n')}\r\n\r\n`)
    return id
  }
}

/** A line break would begin a header, or an action, of its own. */
function oneLineOf(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new Error('A header of the manager interface has one line.')
  return value
}
