import type { Log } from '../../kernel/log/index.js'
import type { Identities, Identity } from './identity.js'

interface Watched {
  identity: Identity
  end(): void
}

/** Ends what people have open as soon as they may not use the hub any more, whether or not an event comes. */
export class Departures {
  readonly #watched = new Set<Watched>()
  /** Whom to look at; null: everybody. */
  #due: Set<string> | null = new Set()
  #looking = Promise.resolve()
  #isLooking = false

  constructor(
    private readonly identities: Identities,
    private readonly log: Log,
  ) {}

  /** Returns how to stop watching. */
  watch(identity: Identity, end: () => void): () => void {
    const watched = { identity, end }
    this.#watched.add(watched)
    return () => this.#watched.delete(watched)
  }

  /** Looks at these persons again (null: at everybody); resolves once nobody is left to look at. */
  recheck(personIds: readonly string[] | null): Promise<void> {
    if (personIds === null) this.#due = null
    else for (const id of personIds) this.#due?.add(id)
    if (!this.#isLooking) {
      this.#isLooking = true
      this.#looking = this.#look()
    }
    return this.#looking
  }

  async #look(): Promise<void> {
    while (this.#due === null || this.#due.size > 0) {
      const due = this.#due
      this.#due = new Set()
      // One after the other: a change that concerns everybody must not take all connections of the database.
      for (const watched of [...this.#watched])
        if (!due || due.has(watched.identity.personId)) await this.#settle(watched)
    }
    // At once after the last look: nobody may be named in between.
    this.#isLooking = false
  }

  async #settle({ identity, end }: Watched): Promise<void> {
    try {
      if (!(await this.identities.isActive(identity))) end()
    } catch (error) {
      // Whoever it was is asked for again with the next event they would get.
      this.log.warn({ error }, 'It could not be found out who may still use the hub')
    }
  }
}
