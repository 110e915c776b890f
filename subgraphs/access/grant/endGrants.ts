import type { Change } from '../../../kernel/changes/index.js'
import { AccessGrant } from './accessGrant.entity.js'
import { recordGrant } from './recordGrant.js'

/** Ends all grants of a person that are in force. The caller tells who listens for changes of access. */
export async function endGrants(change: Change, personId: string, endedById: string | null): Promise<void> {
  const live = { personId, endedAt: null, endsAt: { $gt: change.at } }
  for (const grant of await change.em.find(AccessGrant, live, { filters: false })) {
    grant.endedAt = change.at
    grant.endedById = endedById
    recordGrant(change, 'AccessGrant.ended', grant)
  }
}
