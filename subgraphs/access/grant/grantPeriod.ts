const MINUTE_MS = 60_000

/** How long after hang-up the agent still sees whom they talked with. */
export const AFTER_CALL_MS = 30 * MINUTE_MS

/** A call whose end is never heard of opens nothing for longer than this. */
export const LONGEST_CALL_MS = 12 * 60 * MINUTE_MS

/** When the grants of a call end: 30 minutes after hang-up; while it lives, 12 hours from `openedAt` at the latest. */
export function endOfGrant(openedAt: Date, hungUpAt: Date | null): Date {
  const latest = openedAt.getTime() + LONGEST_CALL_MS
  return new Date(hungUpAt ? Math.min(latest, hungUpAt.getTime() + AFTER_CALL_MS) : latest)
}
