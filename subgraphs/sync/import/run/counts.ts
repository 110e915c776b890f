import type { Loaded, LoadProblem } from '../../../../kernel/ports/index.js'

/** What became of the rows of a list. Holds no value of them. */
export interface Counts {
  read: number
  created: number
  linked: number
  known: number
  rejected: number
  /** Created or left although somebody else has the number too. */
  shared: number
  /** How often a field was left out, by `field reason`. */
  leftOut: Record<string, number>
  /** How often a row was rejected, by `field reason`. */
  rejectedFor: Record<string, number>
}

export const noCounts = (): Counts => ({
  read: 0,
  created: 0,
  linked: 0,
  known: 0,
  rejected: 0,
  shared: 0,
  leftOut: {},
  rejectedFor: {},
})

const COUNTED = { CREATED: 'created', LINKED: 'linked', KNOWN: 'known', REJECTED: 'rejected' } as const

/** The counts with these rows added. */
export function withLoaded(counts: Counts, loaded: readonly Loaded[]): Counts {
  const sum = { ...counts, leftOut: { ...counts.leftOut }, rejectedFor: { ...counts.rejectedFor } }
  for (const { outcome, problems, shared } of loaded) {
    sum.read++
    sum[COUNTED[outcome]]++
    if (shared) sum.shared++
    // What of a known row cannot be read changes nothing.
    if (outcome !== 'KNOWN') addTo(outcome === 'REJECTED' ? sum.rejectedFor : sum.leftOut, problems)
  }
  return sum
}

function addTo(counted: Record<string, number>, problems: readonly LoadProblem[]): void {
  for (const { field, reason } of problems) {
    const key = `${field} ${reason}`
    counted[key] = (counted[key] ?? 0) + 1
  }
}
