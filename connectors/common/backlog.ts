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
  /** How many came and were stored so far, and what is known once so many are. */
  #pushed = 0
  #stored = 0
  #marks: { after: number; until: Date }[] = []
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
    this.#pushed++
    if (this.#waiting.length >= FULL) this.#press(true)
    this.#storing ??= this.#store().finally(() => {
      this.#storing = undefined
    })
  }

  /** Nothing that the system said until then is still on its way: once what came so far is stored, that is complete. */
  arrived(until: Date): void {
    this.#marks.push({ after: this.#pushed, until })
    this.#tell()
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
        this.#stored += batch.length
        this.#tell()
        this.#failures = 0
        if (this.#waiting.length <= EASY) this.#press(false)
      } catch {
        // Why is for the store to say; here it only matters that the events are kept.
        if (last) return
        await this.#pause()
      }
    }
  }

  #tell(): void {
    let mark = this.#marks[0]
    for (; mark && mark.after <= this.#stored; mark = this.#marks[0]) {
      this.sink.complete(mark.until)
      this.#marks.shift()
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
