import type { EntityManager } from '@mikro-orm/postgresql'
import { ChangeSetType, type EventSubscriber, type FlushEventArgs } from '@mikro-orm/postgresql'
import { changeOf, type RowChange } from './change.js'

const KINDS: Partial<Record<ChangeSetType, RowChange['kind']>> = {
  [ChangeSetType.CREATE]: 'created',
  [ChangeSetType.UPDATE]: 'updated',
  [ChangeSetType.UPDATE_EARLY]: 'updated',
  [ChangeSetType.DELETE]: 'deleted',
  [ChangeSetType.DELETE_EARLY]: 'deleted',
}

/** Notes every row change of every flush. A flush outside `transact` is refused: nothing changes without its audit entry. */
export class ChangeSubscriber implements EventSubscriber {
  onFlush({ em, uow }: FlushEventArgs): void {
    const sets = uow.getChangeSets()
    if (sets.length === 0) return
    const change = changeOf(em as EntityManager)
    if (!change) throw new Error('Rows change within ctx.change() or hub.transact() only.')
    for (const set of sets) {
      const kind = KINDS[set.type]
      if (!kind) continue
      const entity = set.entity as { id: string; customerId?: string | null }
      change.rows.push({
        type: set.meta.className,
        kind,
        id: entity.id,
        customerId: entity.customerId ?? null,
        fields:
          kind === 'updated' ? Object.keys(set.payload).filter(name => name !== 'version' && name !== 'updatedAt') : [],
        entity: set.entity,
      })
    }
  }
}
