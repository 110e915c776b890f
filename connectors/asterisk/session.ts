import type { EventSink, Listener, PresenceFact } from '../../kernel/ports/index.js'
import { OpenChannels } from '../common/openChannels.js'
import { Stream, type StreamHandlers, type StreamProtocol } from '../common/stream.js'
import type { Surroundings } from '../common/surroundings.js'
import { type AmiEvent, header } from './amiEvent.js'
import { Connection } from './connection.js'
import { eventKey } from './eventKey.js'
import { normalise } from './normalise.js'
import { presence } from './presence.js'
import type { AsteriskSettings } from './settings.js'

/**
 * Keeps connected to one Asterisk, and stores what it says about calls and people. Asterisk repeats nothing: after each login it is asked what is going
 * on, and calls that ended while nobody listened are closed as lost.
 */
export class Session implements Listener, StreamProtocol<Connection> {
  readonly #stream: Stream<Connection>
  readonly #channels = new OpenChannels()
  /** What was said last of each aspect of each person. */
  readonly #presence = new Map<string, string>()
  #connection: Connection | undefined
  #listed = 0

  constructor(
    private readonly settings: AsteriskSettings,
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
    this.#connection = new Connection(this.settings, surroundings, {
      ...handlers,
      event: event => this.#event(event),
    })
    return this.#connection
  }

  begin(): void {
    this.#listed = 0
    this.#presence.clear()
    this.#channels.begin()
  }

  takeStock(connection: Connection, openCalls: string[]): void {
    this.#channels.expect(openCalls)
    connection.ask('CoreShowChannels')
  }

  #event(event: AmiEvent): void {
    this.#see(event)
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

  #see(event: AmiEvent): void {
    const channel = header(event, 'Uniqueid')
    const call = header(event, 'Linkedid')
    const kind = header(event, 'Event')
    if (channel === undefined) return
    if (kind === 'Hangup') this.#channels.down(channel)
    if ((kind === 'Newchannel' || kind === 'CoreShowChannel') && call !== undefined) this.#channels.up(channel, call)
  }

  /** A list that was cut short proves nothing about what is not in it. */
  #settle(complete: AmiEvent): void {
    if (Number(header(complete, 'ListItems')) === this.#listed)
      for (const Linkedid of this.#channels.settle()) this.#keep({ Event: 'CallLost', Linkedid })
    this.#connection?.ask('QueueStatus')
  }

  #keep(event: AmiEvent): void {
    const kept = { rx: this.#stream.received(), ...event }
    const news = presence(this.settings, kept).filter(fact => this.#isNews(fact))
    if (news.length === 0 && normalise(this.settings, kept).length === 0) return
    this.#stream.keep({ key: eventKey(kept), payload: Buffer.from(JSON.stringify(kept)) })
  }

  /** Each call changes the state of a phone several times, and most of that says what was known: that the phone is there. */
  #isNews({ extension, aspect, queue, state, until }: PresenceFact): boolean {
    const about = JSON.stringify([extension, aspect, queue])
    const said = JSON.stringify([state, until])
    if (this.#presence.get(about) === said) return false
    this.#presence.set(about, said)
    return true
  }
}
