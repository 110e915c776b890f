import type { SubgraphResult, SubgraphStream } from './types.js'

const DONE: IteratorResult<SubgraphResult> = { value: undefined, done: true }

/**
 * The answers to a subscription: one for each event of its source. An event that could not be answered at all ends it after its error, so
 * that the client resumes from its last cursor instead of missing one.
 */
export class EventStream implements SubgraphStream {
  readonly #source: AsyncIterator<unknown>
  #over = false
  #wake: ((result: IteratorResult<unknown>) => void) | null = null

  constructor(
    source: AsyncIterable<unknown>,
    /** Answers one event. */
    private readonly answer: (event: unknown) => Promise<SubgraphResult>,
    /** The answer for an event that could not be had or answered. */
    private readonly failed: (error: unknown) => SubgraphResult,
    signal?: AbortSignal,
  ) {
    this.#source = source[Symbol.asyncIterator]()
    if (signal?.aborted) void this.return()
    else signal?.addEventListener('abort', () => void this.return(), { once: true })
  }

  async next(): Promise<IteratorResult<SubgraphResult>> {
    if (this.#over) return DONE
    try {
      const event = await this.#event()
      if (event.done) {
        this.#over = true
        return DONE
      }
      return { value: await this.answer(event.value), done: false }
    } catch (error) {
      await this.return()
      return { value: this.failed(error), done: false }
    }
  }

  /** Ends it at once, also while `next` waits. */
  async return(): Promise<IteratorResult<SubgraphResult>> {
    if (!this.#over) {
      this.#over = true
      this.#wake?.(DONE)
      // Not awaited: a generator would only return after its next event. What it throws while leaving interests nobody.
      Promise.resolve(this.#source.return?.()).catch(() => {})
    }
    return DONE
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #event(): Promise<IteratorResult<unknown>> {
    return new Promise((resolve, reject) => {
      this.#wake = resolve
      this.#source.next().then(resolve, reject)
    })
  }
}
