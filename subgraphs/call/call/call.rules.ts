import { type Actor, type Can, handledBy, inTeamOf, ownedBy, Role } from '../../../kernel/ability/index.js'

/** What every reader of a call may see of it. `lineId` is not among them. */
export const CALL_FIELDS = [
  'id',
  'system',
  'externalId',
  'direction',
  'status',
  'outcome',
  'hangupCause',
  'customer',
  'candidates',
  'customerPhone',
  'agent',
  'queue',
  'startedAt',
  'ringingAt',
  'answeredAt',
  'endedAt',
  'ringSeconds',
  'talkSeconds',
  'durationSeconds',
  'legs',
  'disposition',
  'feedback',
  'needsCallback',
]

export const LEG_FIELDS = ['id', 'party', 'agent', 'startedAt', 'answeredAt', 'endedAt', 'transferredTo']

const PERSONAL = ['customerPhone', 'hangupCause', 'disposition']

/** What whoever handled a call may do to it besides: end it, and say how it went. */
const HANDLING = ['status', 'feedback']

/** A leg is seen by whoever sees its call: its row carries the call's columns. */
export function callRules(can: Can, me: Actor): void {
  switch (me.role) {
    case Role.AGENT:
      for (const mine of [handledBy(me), ownedBy(me)]) {
        can('read', 'Call', CALL_FIELDS, mine)
        can('read', 'CallLeg', LEG_FIELDS, mine)
        can('update', 'Call', ['customer'], mine)
        can('dial', 'Call', ['customerPhone'], mine)
      }
      can('update', 'Call', HANDLING, handledBy(me))
      break
    case Role.SUPERVISOR:
      can('read', 'Call', CALL_FIELDS, inTeamOf(me))
      can('read', 'CallLeg', LEG_FIELDS, inTeamOf(me))
      can('reveal', 'Call', PERSONAL, inTeamOf(me))
      can('reveal', 'CallLeg', ['party'], inTeamOf(me))
      can('update', 'Call', ['customer', ...HANDLING], inTeamOf(me))
      can('dial', 'Call', ['customerPhone'], inTeamOf(me))
      break
    case Role.ADMIN:
      can('read', 'Call', [...CALL_FIELDS, 'lineId'])
      can('read', 'CallLeg', LEG_FIELDS)
      can('reveal', 'Call', PERSONAL)
      can('reveal', 'CallLeg', ['party'])
      can('update', 'Call', ['customer', ...HANDLING])
      can('dial', 'Call', ['customerPhone'])
      break
    case Role.ANALYST:
    case Role.AUDITOR:
      can('read', 'Call', CALL_FIELDS)
      can('read', 'CallLeg', LEG_FIELDS)
      break
    case Role.PROGRAM:
      break
  }
}
