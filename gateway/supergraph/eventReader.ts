import type { IncomingMessage } from 'node:http'
import type { SubgraphResult, SubgraphStream } from '../../kernel/subgraph/index.js'

/** Reads the results out of a stream of server-sent events. Breaking off without an end is a last, failed result. */
export class EventReader implements SubgraphStream {
  readonly #results: AsyncGenerator<SubgraphResult>
  #left = false

  constructor(
    private readonly response: IncomingMessage,
    private readonly failed: (error: unknown) => SubgraphResult,
  ) {
    this.#results = this.#read()
  }

  async next(): Promise<IteratorResult<SubgraphResult>> {
    if (this.#left) return { value: undefined, done: true }
    return this.#results.next()
  }

  async return(): Promise<IteratorResult<SubgraphResult>> {
    this.#left = true
    // Ends a pending read at once, where the generator's own `return` would wait for it.
    this.response.destroy()
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async *#read(): AsyncGenerator<SubgraphResult> {
    this.response.setEncoding('utf8')
    let rest = ''
    try {
      for await (const chunk of this.response) {
        const events = (rest + chunk).split('\n\n')
        rest = events.pop()!
        for (const event of events) if (event.startsWith('data: ')) yield JSON.parse(event.slice(6)) as SubgraphResult
      }
    } catch (error) {
      if (!this.#left) yield this.failed(error)
    }
  }
}
