import type { CallFact } from '../../../../kernel/ports/index.js'

/** What is said of a leg (a PBX writes a record of each) neither ends the call nor tells its outcome. */
export const isOfWholeCall = ({ kind, legId }: CallFact): boolean => kind === 'ENDED' || legId === undefined
