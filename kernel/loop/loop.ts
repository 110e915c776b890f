export interface LoopSettings {
  name: string
  /** How often it looks by itself; milliseconds. */
  everyMs: number
  log: { error(fields: object, text: string): void }
  /** Does what is due; `true`, or a promise of it: there may be more, look again at once. */
  runDue(): unknown
}

/**
 * A background loop: one run at a time, woken by news, looking by itself now and then. A failed run is logged and tried again at the next
 * look. Tests drive it by `runDue` and never wait.
 */
export class Loop {
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #again = false
  #stopped = true

  constructor(private readonly settings: LoopSettings) {}

  start(): void {
    this.#stopped = false
    this.#timer = setInterval(() => this.wake(), this.settings.everyMs)
    this.#timer.unref()
    this.wake()
  }

  wake(): void {
    if (this.#stopped) return
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = this.#run().finally(() => {
      this.#running = undefined
      if (this.#again) this.wake()
    })
  }

  /** Runs until nothing is due. */
  async runDue(): Promise<void> {
    while ((await this.settings.runDue()) === true) if (this.#stopped && this.#timer) return
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#again = false
    clearInterval(this.#timer)
    await this.#running
  }

  async #run(): Promise<void> {
    do {
      this.#again = false
      try {
        await this.runDue()
      } catch (error) {
        this.settings.log.error(
          { loop: this.settings.name, err: error },
          'a background loop failed; it goes on at its next look',
        )
      }
    } while (this.#again && !this.#stopped)
  }
}
