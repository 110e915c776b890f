import type { Actor } from './actor.js'

/** The small vocabulary that rules are written in. Conditions stand on the row's own scalar columns, so that they become SQL. */
export const ownedBy = (me: Actor) => ({ ownerId: me.id })

/** Rows of any team that this supervisor answers for. */
export const inTeamOf = (me: Actor) => ({ teamId: { $in: me.supervisedTeamIds } })

export const handledBy = (me: Actor) => ({ agentId: me.id })
