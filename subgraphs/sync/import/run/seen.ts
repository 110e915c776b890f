/** Remembers in bounded memory which things came by: the newest for certain, at least half of `most`; old ones are forgotten. */
export class Seen {
  #young = new Set<string>()
  #old = new Set<string>()

  constructor(private readonly most = 2_000_000) {}

  /** Whether this one came by before. */
  has(one: string): boolean {
    const known = this.#young.has(one) || this.#old.has(one)
    this.#young.add(one)
    if (this.#young.size >= this.most / 2) {
      this.#old = this.#young
      this.#young = new Set()
    }
    return known
  }
}
