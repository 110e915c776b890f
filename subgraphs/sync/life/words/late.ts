/** Between a phone system and the hub pass seconds; what takes longer than this is late. */
const SOON_SECONDS = 10

/** Whether it matters for what happened that the hub heard of it so much later, or by its own clock too early. */
export const isWorthSaying = (lateSeconds: number): boolean => Math.abs(lateSeconds) > SOON_SECONDS
