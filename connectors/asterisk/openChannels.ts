import { type AmiEvent, header } from './amiEvent.js'

/** More than any PBX has at a time: what a server that lies can make the hub remember. */
const MOST = 100_000

/** Which channels are up, and of which call each is. Outlives the connection, so that the next one can tell which calls ended unseen. */
export class OpenChannels {
  #calls = new Map<string, string>()
  /** Calls that were going on before this connection, and have not shown themselves since. */
  readonly #before = new Set<string>()

  see(event: AmiEvent): void {
    const channel = header(event, 'Uniqueid')
    const call = header(event, 'Linkedid')
    if (channel === undefined) return
    const kind = header(event, 'Event')
    if (kind === 'Hangup') this.#calls.delete(channel)
    if ((kind === 'Newchannel' || kind === 'CoreShowChannel') && call !== undefined && this.#calls.size < MOST)
      this.#calls.set(channel, call)
  }

  /** A new connection: what was up has to show itself again. */
  begin(): void {
    this.expect(this.#calls.values())
    this.#calls = new Map()
  }

  /** These calls were going on. */
  expect(calls: Iterable<string>): void {
    for (const call of calls) this.#before.add(call)
  }

  /** Everything that is up has shown itself. Returns the calls of which nothing is left. */
  settle(): string[] {
    const there = new Set(this.#calls.values())
    const gone = [...this.#before].filter(call => !there.has(call))
    this.#before.clear()
    return gone
  }

  callOf(channel: string | undefined): string | undefined {
    return channel === undefined ? undefined : this.#calls.get(channel)
  }
}
