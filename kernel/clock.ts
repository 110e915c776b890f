/** Where the hub gets the time from. Domain code never calls `Date.now()` and domain SQL never calls `now()`. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock for tests: stands still until it is moved. */
export class TestClock implements Clock {
  #ms: number

  constructor(start: Date | string = '2026-11-23T02:00:00Z') {
    this.#ms = new Date(start).getTime()
  }

  now(): Date {
    return new Date(this.#ms)
  }

  set(time: Date | string): void {
    this.#ms = new Date(time).getTime()
  }

  advance(by: { ms?: number; seconds?: number; minutes?: number; hours?: number; days?: number }): void {
    const { ms = 0, seconds = 0, minutes = 0, hours = 0, days = 0 } = by
    this.#ms += ms + 1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days)))
  }
}
