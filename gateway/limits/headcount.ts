/** How many of something each has at once, up to a limit. */
export class Headcount {
  readonly #counts = new Map<string, number>()

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.#counts.size
  }

  /** Returns how to leave again; null when there are too many already. */
  enter(key: string): (() => void) | null {
    const count = this.#counts.get(key) ?? 0
    if (count >= this.limit) return null
    this.#counts.set(key, count + 1)
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      const left = this.#counts.get(key)! - 1
      if (left === 0) this.#counts.delete(key)
      else this.#counts.set(key, left)
    }
  }
}
