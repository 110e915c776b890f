/** More than any PBX has at a time: what a server that lies can make the hub remember. */
const MOST = 100_000

/** Which channels are up, and of which call each is. Outlives the connection, so that the next one can tell which calls ended unseen. */
export class OpenChannels {
  #calls = new Map<string, string>()
  /** As they were when the last connection began. */
  #earlier = new Map<string, string>()
  /** Calls that were going on before this connection, and have not shown themselves since. */
  readonly #before = new Set<string>()

  up(channel: string, call: string): void {
    if (this.#calls.size < MOST) this.#calls.set(channel, call)
  }

  down(channel: string): void {
    this.#calls.delete(channel)
  }

  /** A new connection: what was up has to show itself again. */
  begin(): void {
    this.expect(this.#calls.values())
    this.#earlier = this.#calls
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

  /** The call of a channel that is up, or was when the last connection ended. */
  callOf(channel: string | undefined): string | undefined {
    return channel === undefined ? undefined : (this.#calls.get(channel) ?? this.#earlier.get(channel))
  }
}
