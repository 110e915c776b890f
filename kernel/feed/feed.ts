import { cursorExpired, messageOf } from '../errors.js'
import type { Log } from '../log/index.js'
import { remember } from '../remember.js'
import type { FeedEvent, FeedItem } from './feedEvent.js'
import type { FeedStore } from './feedStore.js'
import { Subscriber } from './subscriber.js'

const PAGE = 500

export interface FeedSettings {
  store: FeedStore
  log: Log
  /** Events a subscriber may be behind before it is told what it missed. */
  buffer?: number
  /** How often readers look by themselves, should a wake-up be lost; milliseconds. */
  pollMs?: number
}

/** One reader per topic and process hands each committed event to those who listen. */
export class Feed {
  readonly #settings: Required<FeedSettings>
  readonly #readers = new Map<string, TopicReader>()
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(settings: FeedSettings) {
    this.#settings = { buffer: 1000, pollMs: 1000, ...settings }
  }

  start(): void {
    this.#timer = setInterval(() => this.wake([...this.#readers.keys()]), this.#settings.pollMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await Promise.all([...this.#readers.values()].map(reader => reader.stop()))
  }

  /** Says that these topics may have news. */
  wake(topics: readonly string[]): void {
    if (this.#stopped) return
    for (const topic of topics) this.#readers.get(topic)?.wake()
  }

  /**
   * Follows a topic: without `after` from now on; with it, everything committed after that event first, without gap or repeat. Throws
   * CURSOR_EXPIRED when some of it is no longer kept.
   */
  async subscribe(topic: string, after: number | null, signal?: AbortSignal): Promise<AsyncIterableIterator<FeedItem>> {
    const { store, buffer } = this.#settings
    const reader = await this.#reader(topic)
    const subscriber = new Subscriber({ store, topic, buffer, last: after ?? reader.last, replay: after !== null })
    reader.attach(subscriber)
    const leave = () => {
      reader.detach(subscriber)
      subscriber.end()
    }
    subscriber.onEnd = () => reader.detach(subscriber)
    if (signal?.aborted) leave()
    signal?.addEventListener('abort', leave, { once: true })
    if (after !== null && after < (await store.floor(topic))) {
      leave()
      throw cursorExpired()
    }
    return subscriber
  }

  /** Calls `listen` for every new event of a topic, in this process, for as long as the feed runs. */
  async listen(topic: string, listen: (event: FeedEvent) => void): Promise<number> {
    const reader = await this.#reader(topic)
    reader.attach({ push: listen })
    return reader.last
  }

  /** When this process last read a topic with success, by the process's own monotonic clock in milliseconds. */
  lastReadMs(topic: string): number {
    return this.#readers.get(topic)?.lastReadMs ?? Number.NEGATIVE_INFINITY
  }

  /** Reads a topic now, so that everything committed before this call is handed on when it resolves. */
  async catchUp(topic: string): Promise<void> {
    await (await this.#reader(topic)).drain()
  }

  async #reader(topic: string): Promise<TopicReader> {
    const { store, log } = this.#settings
    const reader = remember(this.#readers, topic, () => new TopicReader(topic, store, log))
    await reader.ready()
    return reader
  }
}

interface Listener {
  push(event: FeedEvent): void
}

class TopicReader {
  last = 0
  lastReadMs = Number.NEGATIVE_INFINITY
  readonly #listeners = new Set<Listener>()
  #ready: Promise<void> | undefined
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(
    private readonly topic: string,
    private readonly store: FeedStore,
    private readonly log: Log,
  ) {}

  ready(): Promise<void> {
    this.#ready ??= this.store.newest(this.topic).then(
      seq => {
        this.last = seq
        this.lastReadMs = performance.now()
      },
      error => {
        this.#ready = undefined
        throw error
      },
    )
    return this.#ready
  }

  attach(listener: Listener): void {
    this.#listeners.add(listener)
  }

  detach(listener: Listener): void {
    this.#listeners.delete(listener)
  }

  wake(): void {
    this.drain().catch(error =>
      this.log.warn({ topic: this.topic, reason: messageOf(error) }, 'the feed could not be read; trying again'),
    )
  }

  /** One read at a time; a wake-up during a read makes it read once more. */
  drain(): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#read()
    return this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running?.catch(() => undefined)
    for (const listener of this.#listeners) if (listener instanceof Subscriber) listener.end()
    this.#listeners.clear()
  }

  async #read(): Promise<void> {
    try {
      await this.ready()
      let page: FeedEvent[]
      do {
        this.#again = false
        page = await this.store.after(this.topic, this.last, PAGE)
        for (const event of page) {
          this.last = event.seq
          for (const listener of this.#listeners) listener.push(event)
        }
        this.lastReadMs = performance.now()
      } while ((page.length === PAGE || this.#again) && !this.#stopped)
    } finally {
      // At once after the last look: whoever comes later starts a read of their own.
      this.#running = undefined
    }
  }
}
