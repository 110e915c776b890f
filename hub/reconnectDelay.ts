const FIRST_MS = 100
const LONGEST_MS = 10_000

/** Milliseconds to wait before the next attempt, after this many that failed: doubles up to ten seconds. */
export const reconnectDelay = (failed: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failed, 20))
