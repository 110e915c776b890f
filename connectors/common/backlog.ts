import type { EventSink, HookDelivery } from '../../kernel/ports/index.js'
import { retryDelay } from './retryDelay.js'
import type { Surroundings } from './surroundings.js'

const BATCH = 500
/** Events that may wait before the socket is paused, and how few let it go on. */
const FULL = 2000
const EASY = 500

/** Events on their way into the store, in order. One that cannot be stored stays in front and is offered again. */
export class Backlog {
  #waiting: HookDelivery[] = []
  #full = false
  #failures = 0
  #storing: Promise<void> | undefined
  #wake: (() => void) | undefined
  #stopped = false

  /** `pressed` is told when nothing more should come, and when it may again. */
  constructor(
    private readonly sink: EventSink,
    private readonly surroundings: Surroundings,
    private readonly pressed: (full: boolean) => void,
  ) {}

  get full(): boolean {
    return this.#full
  }

  push(delivery: HookDelivery): void {
    this.#waiting.push(delivery)
    if (this.#waiting.length >= FULL) this.#press(true)
    this.#storing ??= this.#store().finally(() => {
      this.#storing = undefined
    })
  }

  /** Tries once more to store what waits, then gives up. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake?.()
    await this.#storing
  }

  async #store(): Promise<void> {
    while (this.#waiting.length > 0) {
      const last = this.#stopped
      try {
        const batch = this.#waiting.slice(0, BATCH)
        await this.sink.store(batch)
        this.#waiting.splice(0, batch.length)
        this.#failures = 0
        if (this.#waiting.length <= EASY) this.#press(false)
      } catch {
        // Why is for the store to say; here it only matters that the events are kept.
        if (last) return
        await this.#pause()
      }
    }
  }

  #press(full: boolean): void {
    if (this.#full === full) return
    this.#full = full
    this.pressed(full)
  }

  #pause(): Promise<void> {
    return new Promise(resolve => {
      if (this.#stopped) return resolve()
      const cancel = this.surroundings.after(retryDelay(++this.#failures, this.surroundings.random()), resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
  }
}
