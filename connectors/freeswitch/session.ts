import type { EventSink, Listener } from '../../kernel/ports/index.js'
import { OpenChannels } from '../common/openChannels.js'
import { Stream, type StreamHandlers, type StreamProtocol } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import { parseChannels } from './channels.js'
import { Connection } from './connection.js'
import { type FsEvent, header } from './event.js'
import { readPresence } from './presence.js'
import { CALL_LOST, callIdOf, eventKey, readEvent, subscription } from './readEvent.js'
import type { EventSocketSettings, FreeSwitchSettings } from './settings.js'

/** What a server that lies can make the hub remember. */
const MOST_PHONES = 100_000

/**
 * Keeps connected to the event socket of one FreeSWITCH, and stores what it says about calls. After each login it is asked which channels are up,
 * and calls that ended while nobody listened are closed as lost; their records may tell more later.
 */
export class Session implements Listener, StreamProtocol<Connection> {
  readonly #stream: Stream<Connection>
  readonly #channels = new OpenChannels()
  /** Which phones are known to be reachable; each registers again every few minutes, which says nothing new. */
  readonly #reachable = new Set<string>()

  constructor(
    private readonly settings: FreeSwitchSettings,
    private readonly eventSocket: EventSocketSettings,
    sink: EventSink,
    surroundings?: Surroundings,
  ) {
    this.#stream = new Stream(this, sink, surroundings)
  }

  start(): void {
    this.#stream.start()
  }

  stop(): Promise<void> {
    return this.#stream.stop()
  }

  connect(surroundings: Surroundings, handlers: StreamHandlers): Connection {
    return new Connection(this.eventSocket, subscription, surroundings, {
      ...handlers,
      event: event => this.#event(event),
    })
  }

  begin(): void {
    this.#channels.begin()
    this.#reachable.clear()
  }

  takeStock(connection: Connection, openCalls: string[]): void {
    this.#channels.expect(openCalls)
    connection.ask('show channels as json', answer => this.#settle(answer))
  }

  #event(event: FsEvent): void {
    const leg = header(event, 'Unique-ID')
    const call = callIdOf(event)
    if (leg !== undefined && call !== undefined) {
      const name = header(event, 'Event-Name')
      if (name === 'CHANNEL_HANGUP' || name === 'CHANNEL_HANGUP_COMPLETE') this.#channels.down(leg)
      else if (name === 'CHANNEL_CREATE' || !this.#channels.callOf(leg)) this.#channels.up(leg, call)
    }
    this.#keep(event)
  }

  /** A list that was cut short proves nothing about what is not in it. */
  #settle(answer: string): void {
    const channels = parseChannels(answer)
    if (!channels) return
    for (const { uuid, call } of channels) this.#channels.up(uuid, this.#channels.callOf(uuid) ?? call)
    for (const lost of this.#channels.settle()) {
      const now = `${Date.parse(this.#stream.received())}000`
      this.#keep({ 'Event-Name': CALL_LOST, 'Unique-ID': lost, 'Event-Date-Timestamp': now })
    }
  }

  #keep(event: FsEvent): void {
    if (readEvent(this.settings, event).length === 0 && !this.#tellsPresence(event)) return
    this.#stream.keep({ key: eventKey(event), payload: Buffer.from(JSON.stringify(event)) })
  }

  #tellsPresence(event: FsEvent): boolean {
    return readPresence(this.settings, event).some(({ aspect, extension, state }) => {
      if (aspect !== 'DEVICE') return true
      if (state !== 'AVAILABLE') {
        this.#reachable.delete(extension)
        return true
      }
      const known = this.#reachable.has(extension)
      if (this.#reachable.size < MOST_PHONES) this.#reachable.add(extension)
      return !known
    })
  }
}
