import { realSurroundings, type Surroundings } from '../common/surroundings.js'
import { type AmiEvent, header } from './amiEvent.js'
import { Connection, type Headers } from './connection.js'
import type { AsteriskSettings } from './settings.js'

const TALK_MS = 15_000
/** More than any list of a PBX has: what a server that lies can make the hub remember. */
const MOST = 100_000

/** Asterisk would not do what it was asked. The message holds nothing that it or the hub sent. */
export class Refused extends Error {
  constructor(
    message: string,
    /** The account may not ask for it. */
    readonly isForbidden: boolean,
  ) {
    super(message)
  }
}

/** Asterisk could not be reached, or broke off. The message says why. */
export class Unreachable extends Error {}

interface Listener {
  take(frame: AmiEvent): void
  fail(error: Error): void
}

/** A connection to the manager interface for one purpose. */
export class Manager {
  readonly #listeners = new Set<Listener>()

  constructor(
    private readonly connection: Connection,
    private readonly surroundings: Surroundings,
  ) {}

  /** Asks for something. Resolves with the answer; rejects with Refused. */
  async ask(action: string, headers: Headers = {}): Promise<AmiEvent> {
    const id = this.connection.ask(action, headers)
    const answer = await this.next(frame => isOf(frame, id) && header(frame, 'Response') !== undefined)
    if (header(answer, 'Response') !== 'Error') return answer
    const forbidden = /permission denied/i.test(header(answer, 'Message') ?? '')
    throw new Refused(
      forbidden ? `its account may not ask for ${action}` : `it does not do ${action} as it was asked`,
      forbidden,
    )
  }

  /** Asks for a list. Resolves with its entries; rejects with Refused, and where the list was cut short. */
  async list(action: string): Promise<AmiEvent[]> {
    const entries: AmiEvent[] = []
    const id = this.connection.ask(action)
    const last = await this.next(frame => {
      if (!isOf(frame, id)) return false
      if (header(frame, 'Response') === 'Error' || header(frame, 'EventList') === 'Complete') return true
      if (header(frame, 'Event') !== undefined && entries.length < MOST) entries.push(frame)
      return false
    })
    if (header(last, 'Response') === 'Error') {
      const forbidden = /permission denied/i.test(header(last, 'Message') ?? '')
      throw new Refused(forbidden ? `its account may not ask for ${action}` : `it has no list for ${action}`, forbidden)
    }
    const said = header(last, 'ListItems')
    if (said !== undefined && Number(said) !== entries.length)
      throw new Unreachable(`it cut the list of ${action} short`)
    return entries
  }

  /** The next message for which this holds. */
  next(holds: (frame: AmiEvent) => boolean): Promise<AmiEvent> {
    return new Promise((resolve, reject) => {
      const listener: Listener = {
        take: frame => {
          if (!holds(frame)) return
          this.#listeners.delete(listener)
          resolve(frame)
        },
        fail: reject,
      }
      this.#listeners.add(listener)
    })
  }

  /** Resolves after this time. */
  later(ms: number): Promise<undefined> {
    return new Promise(resolve => this.surroundings.after(ms, () => resolve(undefined)))
  }

  take(frame: AmiEvent): void {
    for (const listener of [...this.#listeners]) listener.take(frame)
  }

  fail(error: Error): void {
    for (const { fail } of this.#listeners) fail(error)
    this.#listeners.clear()
  }
}

/**
 * Logs in, talks, and leaves. `events` are the classes of events that shall come besides answers. Rejects with Unreachable where the connection
 * or the time is over first.
 */
export function withManager<T>(
  settings: AsteriskSettings,
  events: string,
  talk: (manager: Manager) => Promise<T>,
  surroundings: Surroundings = realSurroundings,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = surroundings.after(TALK_MS, () => connection.end(`it took more than ${TALK_MS / 1000} s`))
    const connection: Connection = new Connection(
      settings,
      surroundings,
      {
        up: () => void talk(manager).then(resolve, reject).finally(leave),
        event: frame => manager.take(frame),
        answer: frame => manager.take(frame),
        closed: reason => {
          late()
          const error = new Unreachable(reason)
          manager.fail(error)
          reject(error)
        },
      },
      events,
    )
    const manager = new Manager(connection, surroundings)
    const leave = () => connection.end('it has answered')
  })
}

const isOf = (frame: AmiEvent, action: string): boolean => header(frame, 'ActionID') === action
