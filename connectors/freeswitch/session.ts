import type { EventSink, Listener } from '../../kernel/ports/index.js'
import { OpenChannels } from '../common/openChannels.js'
import { Stream, type StreamHandlers, type StreamProtocol } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import { parseChannels } from './channels.js'
import { Connection } from './connection.js'
import { type FsEvent, header } from './event.js'
import { readPresence, WRAP_UP_HEADER } from './presence.js'
import { agentEvents, registerEvent, unregisterEvent, wrapUpTimes } from './presenceStock.js'
import { registeredIn } from './printed.js'
import { ReachablePhones } from './reachablePhones.js'
import { CALL_LOST, callIdOf, eventKey, readEvent, subscription } from './readEvent.js'
import type { EventSocketSettings, FreeSwitchSettings } from './settings.js'

/**
 * Keeps connected to the event socket of one FreeSWITCH, and stores what it says about calls and about people at their phones. After each login it
 * is asked which channels are up, and calls that ended while nobody listened are closed as lost; their records may tell more later. Who can be
 * reached and who takes calls is asked as well.
 */
export class Session implements Listener, StreamProtocol<Connection> {
  readonly #stream: Stream<Connection>
  readonly #channels = new OpenChannels()
  readonly #phones = new ReachablePhones()
  /** Seconds after a call, by agent. */
  #wrapUp: ReadonlyMap<string, string> = new Map()

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
    this.#phones.begin()
  }

  takeStock(connection: Connection, openCalls: string[]): void {
    this.#channels.expect(openCalls)
    connection.ask('show channels as json', answer => this.#settle(answer))
    connection.ask('show registrations as json', answer => this.#settlePhones(answer))
    connection.ask('callcenter_config agent list', answer => {
      this.#wrapUp = wrapUpTimes(answer)
      for (const event of agentEvents(answer, this.#stream.received())) this.#keep(event)
    })
  }

  #event(event: FsEvent): void {
    const leg = header(event, 'Unique-ID')
    const call = callIdOf(event)
    if (leg !== undefined && call !== undefined) {
      const name = header(event, 'Event-Name')
      if (name === 'CHANNEL_HANGUP' || name === 'CHANNEL_HANGUP_COMPLETE') this.#channels.down(leg)
      else if (name === 'CHANNEL_CREATE' || !this.#channels.callOf(leg)) this.#channels.up(leg, call)
    }
    const wrapUp = this.#wrapUp.get(header(event, 'CC-Agent') ?? '')
    this.#keep(wrapUp === undefined ? event : { ...event, [WRAP_UP_HEADER]: wrapUp })
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

  #settlePhones(answer: string): void {
    const registered = registeredIn(answer)
    if (!registered) return
    const now = this.#stream.received()
    for (const gone of this.#phones.settle(new Set(registered))) this.#keep(unregisterEvent(gone, now))
    for (const phone of registered) this.#keep(registerEvent(phone, now))
  }

  #tellsPresence(event: FsEvent): boolean {
    return readPresence(this.settings, event).some(fact => fact.aspect !== 'DEVICE' || this.#phones.heard(fact))
  }
}
