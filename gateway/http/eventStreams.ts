import type { ServerResponse } from 'node:http'
import type { Clock } from '../../kernel/clock.js'
import type { Answer, AnswerStream } from '../operation/visit.js'

const BEAT_MS = 12_000

/** Answers as server-sent events, in the "distinct connections" mode of the graphql-sse protocol. */
export class EventStreams {
  readonly #open = new Map<ServerResponse, { stream: AnswerStream | null; endsAt: Date | null }>()
  #beat = performance.now()
  #stopping = false

  constructor(private readonly clock: Clock) {}

  get size(): number {
    return this.#open.size
  }

  /** Sends the answer or each of the answers, until `endsAt`; resolves when all are sent or the client is gone. */
  async send(response: ServerResponse, answer: Answer | AnswerStream, endsAt: Date | null): Promise<void> {
    const stream = Symbol.asyncIterator in answer ? answer : null
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    response.flushHeaders()
    this.#open.set(response, { stream, endsAt })
    // It may have been opened while the others were being ended.
    if (this.#stopping) void stream?.return?.()
    response.once('close', () => void stream?.return?.())
    try {
      if (stream) for await (const one of stream) await next(response, one)
      else await next(response, answer as Answer)
      response.end('event: complete\ndata:\n\n')
    } finally {
      this.#open.delete(response)
    }
  }

  /** Completes streams whose token has ended; lets proxies, and the operating system, know that the others are alive. */
  runDue(): void {
    const now = this.clock.now()
    const beats = performance.now() - this.#beat >= BEAT_MS
    if (beats) this.#beat = performance.now()
    for (const [response, { stream, endsAt }] of this.#open) {
      if (endsAt && endsAt <= now) void stream?.return?.()
      else if (beats) response.write(':\n\n')
    }
  }

  /** Completes all streams. */
  stop(): void {
    this.#stopping = true
    for (const { stream } of this.#open.values()) void stream?.return?.()
  }
}

/** Waits until a slow client took it: the next event is not asked for before. */
async function next(response: ServerResponse, answer: Answer): Promise<void> {
  if (response.write(`event: next\ndata: ${JSON.stringify(answer)}\n\n`) || response.destroyed) return
  await new Promise<void>(resolve => {
    response.once('drain', resolve)
    response.once('close', resolve)
  })
}
