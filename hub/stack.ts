/** Parts in the order in which they were started; they are stopped in reverse, each once, and one that fails to stop stops no other. */
export class Stack {
  readonly #stops: (() => Promise<void>)[] = []
  #stopping: Promise<void> | undefined

  constructor(private readonly ready: (part: string, ms: number) => void = () => undefined) {}

  async part<T>(name: string, start: () => Promise<T>, stop?: (part: T) => Promise<void>): Promise<T> {
    const began = performance.now()
    const part = await start()
    if (stop) this.#stops.push(() => stop(part))
    this.ready(name, Math.round(performance.now() - began))
    return part
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    const failures: unknown[] = []
    for (const stop of this.#stops.splice(0).reverse()) {
      try {
        await stop()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some parts did not stop cleanly.')
  }
}
