import type { FeedEvent, FeedItem } from './feedEvent.js'
import type { FeedStore } from './feedStore.js'

const PAGE = 200

interface SubscriberSettings {
  store: FeedStore
  topic: string
  buffer: number
  /** Number of the last event the subscriber has. */
  last: number
  /** Whether events after `last` are to be read from the store before the live ones. */
  replay: boolean
}

/**
 * One listener's place in a topic. It is attached before it replays, so nothing falls between replay and live; what it has already
 * given is dropped by number.
 */
export class Subscriber implements AsyncIterableIterator<FeedItem> {
  onEnd: () => void = () => undefined
  readonly #settings: SubscriberSettings
  #last: number
  #replaying: boolean
  #page: FeedEvent[] = []
  #live: FeedEvent[] = []
  #lagged = 0
  #laggedAt = new Date(0)
  /** While replaying nothing is lost: the store still has what did not fit, and the replay goes on until it has caught up. */
  #overflowed = false
  #ended = false
  #wake: (() => void) | undefined

  constructor(settings: SubscriberSettings) {
    this.#settings = settings
    this.#last = settings.last
    this.#replaying = settings.replay
  }

  push(event: FeedEvent): void {
    if (this.#ended) return
    if (this.#live.length >= this.#settings.buffer) {
      if (this.#replaying) this.#overflowed = true
      else {
        this.#lagged += this.#live.length
        this.#laggedAt = event.at
      }
      this.#live = []
    }
    this.#live.push(event)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#live = []
    this.#page = []
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<FeedItem>> {
    while (!this.#ended) {
      const item = this.#take()
      if (item) return { value: item, done: false }
      if (this.#replaying) await this.#replay()
      else {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
        this.#wake = undefined
      }
    }
    return { value: undefined, done: true }
  }

  async return(): Promise<IteratorResult<FeedItem>> {
    this.end()
    this.onEnd()
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(): FeedItem | undefined {
    const replayed = this.#page.shift()
    if (replayed) return this.#give(replayed, true)
    if (this.#replaying) return undefined
    if (this.#lagged > 0) {
      const lagged = this.#lagged
      this.#lagged = 0
      return { lagged, seq: this.#last, at: this.#laggedAt }
    }
    for (let event = this.#live.shift(); event; event = this.#live.shift())
      if (event.seq > this.#last) return this.#give(event, false)
    return undefined
  }

  #give(event: FeedEvent, replayed: boolean): FeedItem {
    this.#last = event.seq
    return { event, replayed }
  }

  async #replay(): Promise<void> {
    const { store, topic } = this.#settings
    // Emptied before the read: what is pushed from here on is either in the page or newer than it.
    this.#live = []
    this.#overflowed = false
    this.#page = await store.after(topic, this.#last, PAGE)
    this.#replaying = this.#page.length > 0 || this.#overflowed
  }
}
