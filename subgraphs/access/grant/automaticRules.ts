import type { Action, Rule } from '../../../kernel/ability/index.js'
import type { CallOffer } from '../../../kernel/ports/index.js'

/** Of the customer: who they are and where things stand. Numbers come masked; deals, notes of supervisors and addresses do not come at all. */
const CUSTOMER_FIELDS = [
  'id',
  'version',
  'name',
  'phone',
  'stage',
  'stageLabel',
  'tags',
  'doNotCall',
  'followUps',
  'calls',
  'lastCall',
]

/** Of several candidates: that they are, and their names masked. */
const CANDIDATE_FIELDS = ['id', 'version']

const CALL_FIELDS = [
  'id',
  'system',
  'direction',
  'status',
  'outcome',
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
  'disposition',
]

const FOLLOW_UP_FIELDS = [
  'id',
  'version',
  'customer',
  'author',
  'channel',
  'note',
  'dueAt',
  'doneAt',
  'createdAt',
  'call',
]

/**
 * What a call opens to those it rings at: itself and, where one customer has the number, that customer with their latest calls and
 * follow-ups of this moment. Rows are named one by one: what is added or merged later is not opened.
 */
export function automaticRules({ callIds, customerIds, followUpIds }: Omit<CallOffer, 'agentIds'>): Rule[] {
  // Whoever was offered a call may ring back; it is the first of them.
  const calls = [
    ...rule('read', 'Call', CALL_FIELDS, callIds),
    ...rule('dial', 'Call', ['customerPhone'], callIds.slice(0, 1)),
  ]
  if (customerIds.length === 1) {
    return [
      ...calls,
      ...rule('read', 'Customer', CUSTOMER_FIELDS, customerIds),
      ...rule('read', 'FollowUp', FOLLOW_UP_FIELDS, followUpIds),
    ]
  }
  return [
    ...calls,
    ...rule('read', 'Customer', CANDIDATE_FIELDS, customerIds),
    ...rule('readMasked', 'Customer', ['name'], customerIds),
  ]
}

const rule = (action: Action, subject: string, fields: string[], ids: readonly string[]): Rule[] =>
  ids.length > 0 ? [{ action, subject, fields, conditions: { id: { $in: [...ids] } } as Rule['conditions'] }] : []
