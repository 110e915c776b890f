const FIRST_MS = 30_000
const FACTOR = 4
const LONGEST_MS = 3_600_000

/** When reading is tried again after so many failures (1 or more): half a minute, two, eight, half an hour, then every hour. `random` is from 0 to 1. */
export function retryAt(tries: number, now: Date, random: number): Date {
  const longest = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** Math.min(tries - 1, 10))
  // Up to a tenth more, so that many systems do not come at one moment.
  return new Date(now.getTime() + Math.round(longest * (1 + random / 10)))
}
