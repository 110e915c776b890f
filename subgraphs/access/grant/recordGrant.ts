import type { Change } from '../../../kernel/changes/index.js'
import type { AccessGrant } from './accessGrant.entity.js'

export type GrantAct = 'AccessGrant.opened' | 'AccessGrant.shortened' | 'AccessGrant.ended'

/** Enters a grant's beginning or end in the audit, once for each customer whom it concerns, so that a customer's history names it. */
export function recordGrant(change: Change, action: GrantAct, grant: AccessGrant): void {
  const { id, personId, customerIds, callId, automatic, endsAt } = grant
  for (const customerId of customerIds.length > 0 ? customerIds : [null]) {
    change.record({
      kind: 'PERMISSION',
      action,
      subjectType: 'AccessGrant',
      subjectId: id,
      customerId,
      grantId: id,
      detail: { personId, callId, automatic, candidates: customerIds.length, endsAt: endsAt.toISOString() },
    })
  }
}
