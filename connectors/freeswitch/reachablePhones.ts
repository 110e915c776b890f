import type { PresenceFact } from '../../kernel/ports/index.js'

/** What a server that lies can make the hub remember. */
const MOST = 100_000

/** Which phones are registered. Each registers again every few minutes, which says nothing new. Outlives the connection. */
export class ReachablePhones {
  #now = new Set<string>()
  /** As they were when the last connection began. */
  #before = new Set<string>()

  /** A new connection: what is reachable has to show itself again. */
  begin(): void {
    for (const phone of this.#now) this.#before.add(phone)
    this.#now = new Set()
  }

  /** Whether this is news. */
  heard({ extension, state }: Pick<PresenceFact, 'extension' | 'state'>): boolean {
    if (state !== 'AVAILABLE') {
      this.#now.delete(extension)
      this.#before.delete(extension)
      return true
    }
    const known = this.#now.has(extension)
    if (this.#now.size < MOST) this.#now.add(extension)
    return !known
  }

  /** These are all that are registered at this moment. Returns those that went away while nobody listened. */
  settle(registered: ReadonlySet<string>): string[] {
    const gone = [...this.#before].filter(phone => !registered.has(phone) && !this.#now.has(phone))
    this.#before = new Set()
    return gone
  }
}
