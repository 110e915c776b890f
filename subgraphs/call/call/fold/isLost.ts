import type { CallFact } from '../../../../kernel/ports/index.js'

/** Nobody saw how the call ended; whatever is learnt of it later is worth more. */
export const isLost = ({ kind, outcome }: CallFact): boolean => kind === 'ENDED' && outcome === 'LOST'
