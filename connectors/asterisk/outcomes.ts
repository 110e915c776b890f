import type { Outcome } from '../../kernel/ports/index.js'

/** How an attempt to reach somebody ended, by DIALSTATUS. Hang-up causes do not tell it: a cancelled call had 127. */
export const OUTCOMES: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['BUSY', 'BUSY'],
  ['NOANSWER', 'NO_ANSWER'],
  ['CANCEL', 'CANCELLED'],
  ['ABORT', 'CANCELLED'],
  ['CONGESTION', 'CONGESTION'],
  ['CHANUNAVAIL', 'FAILED'],
])
