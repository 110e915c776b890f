import type { HeardCall } from '../../call/index.js'

/** A call of which nothing was heard for so long is asked after. */
export const QUIET_MS = 5 * 60_000
/** Where nobody can be asked, a call is given up after so long a silence. */
export const SILENT_MS = 12 * 3_600_000
/** A system has to leave a call out twice, so far apart. */
export const AGAIN_MS = 60_000

/** Ids of calls that the hub places begin like this. */
const OWN = 'hub-'

/**
 * What a system says of the calls that go on at this moment. UNKNOWN: it cannot be asked, in general. UNSURE: it could not be asked now, or its
 * answer cannot be true.
 */
export type Named = ReadonlySet<string> | 'UNKNOWN' | 'UNSURE'

/** LIVES; MISSING: left out for the first time, `since` then; LOST: nobody will tell its end. */
export type Fate = 'LIVES' | 'MISSING' | 'LOST'

/** What becomes of a call that has not ended, as far as one can tell. `missingSince`: since when the system leaves it out. */
export function fateOf(call: HeardCall, named: Named, missingSince: Date | undefined, now: Date): Fate {
  const silence = now.getTime() - call.heardAt.getTime()
  if (named === 'UNSURE' || silence < QUIET_MS) return 'LIVES'
  if (named === 'UNKNOWN') return silence >= SILENT_MS || neverBegan(call) ? 'LOST' : 'LIVES'
  if (named.has(call.externalId)) return 'LIVES'
  return missingSince && now.getTime() - missingSince.getTime() >= AGAIN_MS ? 'LOST' : 'MISSING'
}

/** Placed by the hub, and no phone has rung. */
const neverBegan = ({ externalId, status }: HeardCall): boolean => externalId.startsWith(OWN) && status === 'DIALING'

/**
 * The answer, unless it cannot be true: one that names none of the calls that were heard of a moment ago was cut short, or speaks of other ids.
 */
export function believed(named: ReadonlySet<string>, calls: readonly HeardCall[], now: Date): Named {
  const fresh = calls.filter(({ heardAt }) => now.getTime() - heardAt.getTime() < QUIET_MS)
  return fresh.length > 0 && !fresh.some(({ externalId }) => named.has(externalId)) ? 'UNSURE' : named
}
