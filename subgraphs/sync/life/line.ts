import type { CallFact } from '../../../kernel/ports/index.js'
import type { Difference } from './differences.js'
import type { WhyLinked } from './whyLinked.js'

/** What can be told of a call, before it is put into words. */
export type Telling =
  /** A system said something. `lateSeconds` is negative where its clock is ahead of the hub's. */
  | { stage: 'HEARD'; fact: CallFact; lateSeconds: number; again: boolean; changed: readonly Difference[] }
  | { stage: 'LINK'; why: WhyLinked; by: string | null }
  /** Somebody's screen was opened to the customer, or to several whose names stay masked. */
  | { stage: 'SCREEN'; personId: string; customers: number; until: Date }
  | { stage: 'AUDIT'; action: string; actorId: string | null; fields: readonly string[] }
  | { stage: 'NOTE'; note: 'EXPIRED' | 'LOADED' | 'CUT' }

export type Line = Telling & { at: Date; heardAt: Date | null }
