import type { SandboxLog } from './log.js'

/** Runs a task again and again, never twice at a time. Without `start` nothing runs by itself: tests call the task instead. */
export class Loop {
  readonly #task: () => Promise<void> | void
  readonly #everyMs: number
  readonly #log: SandboxLog
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #again = false
  #started = false

  constructor(task: () => Promise<void> | void, everyMs: number, log: SandboxLog) {
    this.#task = task
    this.#everyMs = everyMs
    this.#log = log
  }

  start(): void {
    this.#started = true
    this.#plan(0)
  }

  /** Runs the task as soon as it can, if the loop was started. */
  wake(): void {
    if (!this.#started) return
    if (this.#running) this.#again = true
    else this.#plan(0)
  }

  async stop(): Promise<void> {
    this.#started = false
    clearTimeout(this.#timer)
    await this.#running
  }

  #plan(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#started) this.#timer = setTimeout(() => this.#run(), ms)
  }

  #run(): void {
    this.#again = false
    this.#running = Promise.resolve()
      .then(this.#task)
      .catch(error =>
        this.#log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a sandbox loop failed'),
      )
      .finally(() => {
        this.#running = undefined
        this.#plan(this.#again ? 0 : this.#everyMs)
      })
  }
}
