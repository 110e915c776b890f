import type { EventSink, HookDelivery, Listener } from '../../kernel/ports/index.js'
import { Backlog } from './backlog.js'
import { retryDelay } from './retryDelay.js'
import { realSurroundings, type Surroundings } from './surroundings.js'

/** How long to wait for room before connecting. */
const FULL_MS = 1000
/** How long to wait before the hub is asked again for the calls it knows. */
const STOCK_MS = 1000

/** One connection to a phone system, as the stream needs it. */
export interface StreamConnection {
  /** While paused, nothing is read. */
  pause(): void
  resume(): void
  end(reason: string): void
}

export interface StreamHandlers {
  /** Logged in. */
  up(): void
  /** Everything that it said until then has come. */
  alive?(until: Date): void
  /** Once, and last of all. The reason holds nothing that the other side sent. */
  closed(reason: string): void
}

/** What is particular to one kind of phone system. */
export interface StreamProtocol<C extends StreamConnection> {
  connect(surroundings: Surroundings, handlers: StreamHandlers): C
  /** A connection is up; what is known of an earlier one is old now. */
  begin(): void
  /** The hub's open calls, also from before this process began: asks the system what is going on. */
  takeStock(connection: C, openCalls: string[]): void
}

/**
 * Keeps connected to a phone system that repeats nothing: comes back after every break, tells whether it is there, reads no more than the
 * hub can store, and takes stock after each login.
 */
export class Stream<C extends StreamConnection> implements Listener {
  readonly #backlog: Backlog
  #connection: C | undefined
  #failures = 0
  #state = ''
  #cancelRetry: () => void = () => {}
  #stopped = false

  constructor(
    private readonly protocol: StreamProtocol<C>,
    private readonly sink: EventSink,
    private readonly surroundings: Surroundings = realSurroundings,
  ) {
    this.#backlog = new Backlog(sink, surroundings, full => {
      if (full) this.#connection?.pause()
      else this.#connection?.resume()
    })
  }

  start(): void {
    this.#open()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelRetry()
    this.#connection?.end('the hub stops')
    await this.#backlog.stop()
  }

  /** The moment of receipt, ISO 8601 in UTC. */
  received(): string {
    return this.surroundings.clock.now().toISOString()
  }

  keep(delivery: HookDelivery): void {
    this.#backlog.push(delivery)
  }

  #open(): void {
    // Nothing could be read from it, not even the answer to the login.
    if (this.#backlog.full) {
      this.#cancelRetry = this.surroundings.after(FULL_MS, () => this.#open())
      return
    }
    this.#connection = this.protocol.connect(this.surroundings, {
      up: () => this.#up(),
      alive: until => this.#backlog.arrived(until),
      closed: reason => this.#closed(reason),
    })
  }

  #up(): void {
    this.#failures = 0
    this.protocol.begin()
    this.#tell('UP')
    if (this.#connection) void this.#takeStock(this.#connection)
  }

  async #takeStock(connection: C): Promise<void> {
    const isOver = () => this.#stopped || this.#connection !== connection
    try {
      if (isOver()) return
      const openCalls = await this.sink.openCalls()
      if (!isOver()) this.protocol.takeStock(connection, openCalls)
    } catch {
      // Why is for the store to say.
      if (!isOver()) this.#cancelRetry = this.surroundings.after(STOCK_MS, () => void this.#takeStock(connection))
    }
  }

  #closed(reason: string): void {
    this.#connection = undefined
    if (this.#stopped) return
    this.#tell('DOWN', reason)
    const delay = retryDelay(++this.#failures, this.surroundings.random())
    this.#cancelRetry = this.surroundings.after(delay, () => this.#open())
  }

  #tell(state: 'UP' | 'DOWN', reason?: string): void {
    const said = reason === undefined ? state : `${state}: ${reason}`
    if (said === this.#state) return
    this.#state = said
    this.sink.state(state, reason)
  }
}
