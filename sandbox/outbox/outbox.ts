import type { Clock } from '../../kernel/clock.js'
import type { SandboxLog } from '../log.js'
import type { Random } from '../random.js'
import { backoff } from './backoff.js'
import { signedHeaders } from './sign.js'
import { type Verdict, verdictOf } from './verdict.js'

/** What waits to be sent. It belongs to the server's store, so that it outlives a restart. */
export interface Waiting<E> {
  events: E[]
  /** Events for which there was no room, and events the hub refused for good. */
  lost: number
}

export interface OutboxOptions<E> {
  url: string
  secret: string
  clock: Clock
  random: Random
  log: SandboxLog
  waiting: Waiting<E>
  /** Called after every change of `waiting`. */
  changed(): void
  /** Called when there is something new to send. */
  wake(): void
}

const capacity = 5_000
const largestBatch = 50
const timeoutMs = 10_000

/** Sends events to the hub in order and in batches, and keeps them until the hub has said that it stored them. */
export class Outbox<E> {
  readonly #options: OutboxOptions<E>
  #batch = largestBatch
  #tries = 0
  #nextAt = 0
  #sending = false
  #lastVerdict: Verdict = 'delivered'

  constructor(options: OutboxOptions<E>) {
    this.#options = options
  }

  get length(): number {
    return this.#options.waiting.events.length
  }

  /** Room only for what is already going on: whoever can wait should start nothing new. */
  get nearlyFull(): boolean {
    return this.length > capacity * 0.85
  }

  get lost(): number {
    return this.#options.waiting.lost
  }

  add(event: E): void {
    const { waiting, changed, wake } = this.#options
    if (this.length >= capacity) waiting.lost += 1
    else waiting.events.push(event)
    changed()
    wake()
  }

  /** Sends batch after batch until nothing waits or the hub does not take one. */
  async runDue(now: Date): Promise<void> {
    if (this.#sending || now.getTime() < this.#nextAt) return
    this.#sending = true
    try {
      while (this.length > 0 && this.#nextAt <= now.getTime()) await this.#sendBatch(now)
    } finally {
      this.#sending = false
    }
  }

  async #sendBatch(now: Date): Promise<void> {
    const { waiting, changed } = this.#options
    const batch = waiting.events.slice(0, this.#batch)
    const { verdict, retryAfterSeconds } = await this.#post(batch)
    this.#report(verdict)
    if (verdict === 'delivered') {
      waiting.events.splice(0, batch.length)
      this.#tries = 0
      this.#batch = Math.min(largestBatch, this.#batch * 2)
    } else if (verdict === 'refused' && batch.length > 1) {
      // One bad event must not take its neighbours with it: halve until it stands alone.
      this.#batch = Math.ceil(batch.length / 2)
    } else if (verdict === 'refused') {
      waiting.events.shift()
      waiting.lost += 1
    } else {
      this.#nextAt = now.getTime() + backoff(this.#tries, this.#options.random.next(), retryAfterSeconds)
      this.#tries += 1
    }
    changed()
  }

  async #post(batch: readonly E[]): Promise<{ verdict: Verdict; retryAfterSeconds: number }> {
    const { url, secret, clock } = this.#options
    const body = JSON.stringify(batch)
    try {
      const headers = signedHeaders(secret, clock.now(), body)
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) })
      await answer.body?.cancel()
      return { verdict: verdictOf(answer.status), retryAfterSeconds: Number(answer.headers.get('retry-after')) || 0 }
    } catch {
      return { verdict: 'later', retryAfterSeconds: 0 }
    }
  }

  /** One line when the state turns, not one per try. */
  #report(verdict: Verdict): void {
    if (verdict === this.#lastVerdict) return
    this.#lastVerdict = verdict
    const { log, url } = this.#options
    const fields = { url, waiting: this.length, lost: this.lost }
    if (verdict === 'delivered') log.info(fields, 'the hub takes events again')
    if (verdict === 'later') log.warn(fields, 'the hub takes no events now; they are kept')
    if (verdict === 'misplaced') log.warn(fields, 'the hub does not know this sender or its secret; events are kept')
    if (verdict === 'refused') log.warn(fields, 'the hub refused an event as malformed')
  }
}
