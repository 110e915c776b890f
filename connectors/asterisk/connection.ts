import { SocketConnection } from '../common/socketConnection.js'
import type { StreamHandlers } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import { type AmiEvent, header } from './amiEvent.js'
import { FrameParser } from './frame.js'
import type { AsteriskSettings } from './settings.js'

/** Classes of events the hub reads: channels, queues, dial-plan variables, its own user events, records of calls. */
const EVENT_MASK = 'call,agent,user,cdr,dialplan'

export interface ConnectionHandlers extends StreamHandlers {
  event(event: AmiEvent): void
}

/** One connection to a manager interface. */
export class Connection extends SocketConnection {
  readonly #parser = new FrameParser(frame => this.#frame(frame))
  readonly #event: (event: AmiEvent) => void
  #actions = 0
  #login: string | undefined
  #ping: string | undefined

  constructor(
    private readonly settings: AsteriskSettings,
    surroundings: Surroundings,
    handlers: ConnectionHandlers,
  ) {
    super(settings, surroundings, handlers)
    this.#event = event => handlers.event(event)
  }

  /** Asks for a list; its entries come as events. */
  ask(action: string): void {
    this.#send(action)
  }

  protected override read(piece: Buffer): void {
    this.#parser.push(piece)
    // Not before the greeting: whoever else listens there shall not be told the secret.
    if (this.#parser.greeted && this.#login === undefined) {
      const { username, secret } = this.settings
      this.#login = this.#send('Login', { Username: username, Secret: secret, Events: EVENT_MASK })
    }
  }

  protected override ping(): void {
    this.#ping = this.#send('Ping')
  }

  #frame(frame: AmiEvent): void {
    if (this.isOver) return
    if (header(frame, 'Response') !== undefined) this.#answer(frame)
    else if (this.isUp) this.#event(frame)
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
    }
  }

  #send(action: string, headers: Record<string, string> = {}): string {
    const id = `hub-${++this.#actions}`
    const lines = Object.entries({ Action: action, ActionID: id, ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    this.write(`${lines.join('\r\n')}\r\n\r\n`)
    return id
  }
}
