import type { EntityManager } from '@mikro-orm/postgresql'
import type { GrantSource } from '../../../kernel/ports/index.js'
import { AccessGrant } from './accessGrant.entity.js'

export const grantSource: GrantSource = {
  /**
   * A grant counts as soon as it is written, whatever its beginning: a process whose clock is a little behind would otherwise remember that
   * there is none.
   */
  async grantsOf(em: EntityManager, personId: string, now: Date) {
    const grants = await em.find(
      AccessGrant,
      { personId, endedAt: null, endsAt: { $gt: now } },
      { filters: false, disableIdentityMap: true, orderBy: { startsAt: 'asc', id: 'asc' } },
    )
    return grants.map(({ id, endsAt, rules }) => ({ id, endsAt, rules }))
  },
}
