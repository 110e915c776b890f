import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { viewerOf } from '../../../kernel/orm/index.js'
import { AccessGrant } from '../grant/accessGrant.entity.js'
import { endGrants } from '../grant/endGrants.js'
import type { Person } from './person.entity.js'
import { PersonState } from './personState.js'

export type PersonChanges = Partial<Pick<Person, 'name' | 'role' | 'teamId' | 'deputyId' | 'state'>>

/** What decides over a person's rights. */
const RIGHTS = ['role', 'teamId', 'state'] as const

/**
 * Changes a person and all that follows from it: a change of rights is entered in the audit, what they own moves with their team, and whoever
 * is no longer active loses their grants.
 */
export async function changePerson(
  kernel: Kernel,
  change: Change,
  person: Person,
  changes: PersonChanges,
): Promise<void> {
  const { em } = change
  const { id, role, teamId, state } = person
  const before = { role, teamId, state }
  em.assign(person, changes)
  const moved = RIGHTS.filter(field => before[field] !== person[field])
  if (moved.length === 0) return
  change.record({
    kind: 'PERMISSION',
    action: 'Person.rightsChanged',
    subjectType: 'Person',
    subjectId: id,
    fields: moved,
    detail: Object.fromEntries(
      moved.flatMap(field => [
        [`${field}Before`, before[field]],
        [field, person[field]],
      ]),
    ),
  })
  if (person.state !== PersonState.ACTIVE) await endGrants(change, id, viewerOf(em).actor?.id ?? null)
  if (person.teamId === before.teamId) return
  await em.nativeUpdate(AccessGrant, { personId: id }, { teamId: person.teamId }, { filters: false })
  await kernel.ports.owners.teamChanged(change, id, person.teamId)
}
