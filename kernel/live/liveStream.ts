import type { Ability } from '../ability/index.js'
import type { HubContext } from '../context/hubContext.js'
import { openCursor, sealCursor } from '../encryption/index.js'
import { badInput, unauthenticated } from '../errors.js'
import type { FeedEvent, FeedItem } from '../feed/index.js'

/** What a subscription yields: an event with what it is about, or word of what was missed. */
export interface LiveEvent<T> {
  cursor: string
  at: Date
  data: Record<string, unknown>
  subject: T | null
  lagged: number | null
}

export interface LiveSource<T> {
  topic: string
  /** Loads what the event is about. null: it is gone, and the event with it. `replayed`: it happened before this subscriber came. */
  load(event: FeedEvent, replayed: boolean): Promise<T | null>
  /** Whether this viewer, as they are permitted now, is told. */
  tells(subject: T, ability: Ability, event: FeedEvent): boolean
}

interface Place {
  topic: string
  seq: number
}

/** Opens a live stream for the viewer: from now on, or after a cursor without gap or repeat. */
export async function openLiveStream<T>(
  ctx: HubContext,
  source: LiveSource<T>,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<LiveEvent<T>>> {
  const place = after ? openCursor<Place>(ctx.kernel.keys, after) : null
  if (place && place.topic !== source.topic) throw badInput('after', 'This cursor belongs to another subscription.')
  const items = await ctx.kernel.feed.subscribe(source.topic, place ? place.seq : null)
  return new LiveStream(ctx, source, items)
}

/**
 * Asks for every event afresh whether the viewer may be told: what they may do can change while they listen. Not an async generator:
 * leaving must not wait for the next event.
 */
class LiveStream<T> implements AsyncIterableIterator<LiveEvent<T>> {
  constructor(
    private readonly ctx: HubContext,
    private readonly source: LiveSource<T>,
    private readonly items: AsyncIterableIterator<FeedItem>,
  ) {}

  async next(): Promise<IteratorResult<LiveEvent<T>>> {
    for (;;) {
      const { value, done } = await this.items.next()
      if (done) return { value: undefined, done: true }
      const event = value.event ? await this.#told(value.event, value.replayed) : this.#missed(value)
      if (event) return { value: event, done: false }
    }
  }

  async return(): Promise<IteratorResult<LiveEvent<T>>> {
    await this.items.return?.()
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #told(event: FeedEvent, replayed: boolean): Promise<LiveEvent<T> | null> {
    const { kernel, caller } = this.ctx
    await kernel.actors.upTo(event.epoch)
    const viewer = await kernel.actors.abilityOf(caller.personId)
    if (!viewer) {
      await this.return()
      throw unauthenticated('Your account is not active any more.')
    }
    const subject = await this.source.load(event, replayed)
    if (subject === null || !this.source.tells(subject, viewer.ability, event)) return null
    return { cursor: this.#cursor(event.seq), at: event.at, data: event.data, subject, lagged: null }
  }

  #missed({ seq, at, lagged }: { seq: number; at: Date; lagged: number }): LiveEvent<T> {
    return { cursor: this.#cursor(seq), at, data: {}, subject: null, lagged }
  }

  #cursor(seq: number): string {
    return sealCursor(this.ctx.kernel.keys, { topic: this.source.topic, seq } satisfies Place)
  }
}
