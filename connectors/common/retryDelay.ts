const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * Milliseconds to wait after this many failures in a row (1 or more): doubles up to half a minute; a random part, of half of it, keeps
 * many hubs from coming back at one moment. `random` is from 0 to 1.
 */
export function retryDelay(failures: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20))
  return Math.round(longest * (0.5 + random / 2))
}
