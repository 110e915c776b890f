import type { CallFact } from '../../../../kernel/ports/index.js'

/** A system's record of one leg: when it ended, how long it took, how long somebody talked. */
export interface LegRecord extends CallFact {
  legId: string
  seconds: number
}

/** Records of legs, from which a call is made out of which nothing better is known. */
export const legRecords = (facts: readonly CallFact[]): LegRecord[] => facts.filter(isLegRecord)

export const startOfRecord = ({ at, seconds }: LegRecord): string => before(at, seconds)

/** A record may count a second more of talk than the leg took. */
export const answerOfRecord = ({ at, seconds, talkSeconds = 0 }: LegRecord): string =>
  before(at, Math.min(talkSeconds, seconds))

const isLegRecord = (fact: CallFact): fact is LegRecord =>
  fact.coarse === true && fact.kind === 'SUMMARY' && fact.legId !== undefined && fact.seconds !== undefined

const before = (at: string, seconds: number): string => new Date(Date.parse(at) - seconds * 1000).toISOString()
