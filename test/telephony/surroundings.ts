import { connect, type Socket } from 'node:net'
import type { Surroundings } from '../../connectors/common/surroundings.js'
import { TestClock } from '../../kernel/clock.js'
import type { EventSink, HookDelivery } from '../../kernel/ports/index.js'

/** Time that passes when the test says so; sockets are real. */
export class ManualTime implements Surroundings {
  readonly clock = new TestClock()
  readonly sockets: Socket[] = []
  readonly #due = new Map<object, { at: number; run: () => void }>()
  #now = 0

  random = () => 1

  after(ms: number, run: () => void): () => void {
    const timer = {}
    this.#due.set(timer, { at: this.#now + ms, run })
    return () => this.#due.delete(timer)
  }

  connect({ host, port }: { host: string; port: number }): Socket {
    const socket = connect({ host, port })
    this.sockets.push(socket)
    return socket
  }

  pass(ms: number): void {
    this.#now += ms
    this.clock.advance({ ms })
    for (const [timer, { at, run }] of [...this.#due]) if (at <= this.#now && this.#due.delete(timer)) run()
  }

  /** Milliseconds until the next thing is due. */
  get next(): number | undefined {
    const times = [...this.#due.values()].map(({ at }) => at - this.#now)
    return times.length > 0 ? Math.min(...times) : undefined
  }
}

/** The hub's end of the stream: keeps what it is given, or refuses it. */
export class Store implements EventSink {
  readonly kept: string[] = []
  readonly told: string[] = []
  refuses = false
  /** What the hub knows from before. */
  open: string[] = []
  tries = 0
  /** What it was told is complete, last. */
  completeUntil: Date | undefined

  complete(until: Date): void {
    this.completeUntil = until
  }

  async store(deliveries: HookDelivery[]): Promise<void> {
    this.tries++
    if (this.refuses) throw new Error('The database is away.')
    this.kept.push(...deliveries.map(({ payload }) => String(payload)))
  }

  async openCalls(): Promise<string[]> {
    if (this.refuses) throw new Error('The database is away.')
    return this.open
  }

  state(state: 'UP' | 'DOWN', reason?: string): void {
    this.told.push(reason === undefined ? state : `${state}: ${reason}`)
  }
}

/** Sockets are real and take as long as they take. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setImmediate(resolve))
}
