/** So long after a gap its records are read once more: a system writes the record of a call when it ends, some of them minutes later. */
export const SETTLE_MS = 10 * 60_000
/** So long it is waited for calls that were going on when the gap ended. */
export const LONGEST_MS = 4 * 3_600_000
/** How soon it is looked again whether they still do. */
const LOOK_MS = 60_000

export interface GapToFill {
  toAt: Date
  /** When its records were first read. */
  readAt: Date | null
}

/** READ: something may still be missing afterwards. READ_LAST: nothing will. Else when to look again. */
export type Step = 'READ' | 'READ_LAST' | { at: Date }

/**
 * A gap is filled by two readings: one at once, so that little is missing for long, and one when the records of calls that it touched must be
 * there. Where the first comes late enough it is the last one, too.
 */
export function nextStep({ toAt, readAt }: GapToFill, now: Date, callsGoOn: boolean): Step {
  const passed = now.getTime() - toAt.getTime()
  if (passed >= LONGEST_MS || (passed >= SETTLE_MS && !callsGoOn)) return 'READ_LAST'
  if (readAt === null) return 'READ'
  return { at: new Date(passed < SETTLE_MS ? toAt.getTime() + SETTLE_MS : now.getTime() + LOOK_MS) }
}
