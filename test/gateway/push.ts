/** A source of events that a test pushes by hand. Counts those who listen. */
export class Push<T> {
  readonly #listeners = new Set<Listener<T>>()
  #waiting: { count: number; resolve(): void }[] = []

  get listeners(): number {
    return this.#listeners.size
  }

  listen(): AsyncIterableIterator<T> {
    const listener = new Listener<T>(() => {
      this.#listeners.delete(listener)
      this.#tell()
    })
    this.#listeners.add(listener)
    this.#tell()
    return listener
  }

  push(event: T): void {
    for (const listener of this.#listeners) listener.push(event)
  }

  /** Resolves when exactly this many listen. */
  async heard(count: number): Promise<void> {
    if (this.#listeners.size === count) return
    await new Promise<void>(resolve => this.#waiting.push({ count, resolve }))
  }

  #tell(): void {
    for (const { resolve } of this.#waiting.filter(({ count }) => count === this.#listeners.size)) resolve()
    this.#waiting = this.#waiting.filter(({ count }) => count !== this.#listeners.size)
  }
}

class Listener<T> implements AsyncIterableIterator<T> {
  readonly #events: T[] = []
  #waiting: ((result: IteratorResult<T>) => void) | null = null
  #over = false

  constructor(private readonly leave: () => void) {}

  push(event: T): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting) waiting({ value: event, done: false })
    else this.#events.push(event)
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#events.length > 0) return Promise.resolve({ value: this.#events.shift()!, done: false })
    if (this.#over) return Promise.resolve({ value: undefined, done: true })
    return new Promise(resolve => {
      this.#waiting = resolve
    })
  }

  async return(): Promise<IteratorResult<T>> {
    this.#over = true
    this.#waiting?.({ value: undefined, done: true })
    this.leave()
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
