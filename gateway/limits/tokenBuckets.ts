import type { Clock } from '../../kernel/clock.js'

interface Bucket {
  left: number
  at: number
}

/** How often something may be done by each of many: `burst` times at once, then `perSecond`. Remembers only those who did lately. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>()

  constructor(
    private readonly rate: { burst: number; perSecond: number },
    private readonly clock: Clock,
  ) {}

  get size(): number {
    return this.#buckets.size
  }

  /** 0 when it may be done now; else the seconds to wait. */
  take(key: string): number {
    const { burst, perSecond } = this.rate
    const now = this.clock.now().getTime()
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now }
    const left = this.#filled(bucket, now)
    if (left < 1) return Math.ceil((1 - left) / perSecond)
    this.#buckets.set(key, { left: left - 1, at: now })
    return 0
  }

  /** Forgets those whose bucket is full again. */
  runDue(): void {
    const now = this.clock.now().getTime()
    for (const [key, bucket] of this.#buckets) {
      if (this.#filled(bucket, now) >= this.rate.burst) this.#buckets.delete(key)
    }
  }

  #filled({ left, at }: Bucket, now: number): number {
    return Math.min(this.rate.burst, left + (Math.max(0, now - at) / 1000) * this.rate.perSecond)
  }
}
