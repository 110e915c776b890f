/** Whoever listens says every quarter of a minute that nothing is missing. */
const LATE_MS = 2 * 60_000

/** Whether a system to which the hub listens has not been heard for so long that nobody seems to. Rows that are read past the ORM have their times as texts. */
export const isUnheard = (completeUntil: Date | string | null, now: Date): boolean =>
  completeUntil !== null && now.getTime() - new Date(completeUntil).getTime() > LATE_MS
