const firstMs = 500
const longestMs = 30_000

/** Milliseconds until the next try: doubling from half a second to half a minute, a fifth of it by chance, never before Retry-After. */
export function backoff(tries: number, draw: number, retryAfterSeconds = 0): number {
  const doubled = Math.min(longestMs, firstMs * 2 ** Math.min(tries, 10))
  return Math.max(Math.round(doubled * (0.8 + 0.2 * draw)), retryAfterSeconds * 1000)
}
