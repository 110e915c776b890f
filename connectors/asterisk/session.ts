import type { EventSink, Listener } from '../../kernel/ports/index.js'
import { type AmiEvent, header } from './amiEvent.js'
import { Backlog } from './backlog.js'
import { Connection } from './connection.js'
import { eventKey } from './eventKey.js'
import { normalise } from './normalise.js'
import { OpenChannels } from './openChannels.js'
import { retryDelay } from './retryDelay.js'
import type { AsteriskSettings } from './settings.js'
import { realSurroundings, type Surroundings } from './surroundings.js'

/** How long to wait for room before connecting. */
const FULL_MS = 1000
/** How long to wait before the hub is asked again for the calls it knows. */
const STOCK_MS = 1000

/**
 * Keeps connected to one Asterisk, and stores what it says about calls. Asterisk repeats nothing: after each login it is asked what is going
 * on, and calls that ended while nobody listened are closed as lost.
 */
export class Session implements Listener {
  readonly #backlog: Backlog
  readonly #channels = new OpenChannels()
  #connection: Connection | undefined
  #failures = 0
  #listed = 0
  #state = ''
  #cancelRetry: () => void = () => {}
  #stopped = false

  constructor(
    private readonly settings: AsteriskSettings,
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

  #open(): void {
    // Nothing could be read from it, not even the answer to the login.
    if (this.#backlog.full) {
      this.#cancelRetry = this.surroundings.after(FULL_MS, () => this.#open())
      return
    }
    this.#connection = new Connection(this.settings, this.surroundings, {
      up: () => this.#up(),
      event: event => this.#event(event),
      closed: reason => this.#closed(reason),
    })
  }

  #up(): void {
    this.#failures = 0
    this.#listed = 0
    this.#channels.begin()
    this.#tell('UP')
    void this.#takeStock(this.#connection)
  }

  /** Asks what is going on, knowing what went on before: also before this process began. */
  async #takeStock(connection: Connection | undefined): Promise<void> {
    const isOver = () => this.#stopped || this.#connection !== connection
    try {
      if (isOver()) return
      this.#channels.expect(await this.sink.openCalls())
      if (!isOver()) connection?.ask('CoreShowChannels')
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

  #event(event: AmiEvent): void {
    this.#channels.see(event)
    switch (header(event, 'Event')) {
      case 'CoreShowChannel':
        this.#listed++
        break
      case 'CoreShowChannelsComplete':
        this.#settle(event)
        return
      case 'QueueEntry': {
        // It names the channel only.
        const Linkedid = this.#channels.callOf(header(event, 'Uniqueid'))
        if (Linkedid !== undefined) this.#keep({ ...event, Linkedid })
        return
      }
    }
    this.#keep(event)
  }

  /** A list that was cut short proves nothing about what is not in it. */
  #settle(complete: AmiEvent): void {
    if (Number(header(complete, 'ListItems')) === this.#listed)
      for (const Linkedid of this.#channels.settle()) this.#keep({ Event: 'CallLost', Linkedid })
    this.#connection?.ask('QueueStatus')
  }

  #keep(event: AmiEvent): void {
    const kept = { rx: this.surroundings.clock.now().toISOString(), ...event }
    if (normalise(this.settings, kept).length === 0) return
    this.#backlog.push({ key: eventKey(kept), payload: Buffer.from(JSON.stringify(kept)) })
  }
}
