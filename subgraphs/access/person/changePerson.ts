import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { AccessGrant } from '../grant/accessGrant.entity.js'
import type { Person } from './person.entity.js'

export type PersonChanges = Pick<Person, 'name' | 'role' | 'teamId' | 'deputyId'> & Partial<Pick<Person, 'state'>>

/** Changes a person and all that follows from it: a change of rights is entered in the audit, and what they own moves with their team. */
export async function changePerson(
  kernel: Kernel,
  change: Change,
  person: Person,
  changes: PersonChanges,
): Promise<void> {
  const { id } = person
  const before = { role: person.role, teamId: person.teamId, state: person.state }
  change.em.assign(person, changes)
  const after = { role: person.role, teamId: person.teamId, state: person.state }
  const moved = (Object.keys(before) as (keyof typeof before)[]).filter(field => before[field] !== after[field])
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
        [field, after[field]],
      ]),
    ),
  })
  if (before.teamId === after.teamId) return
  await change.em.nativeUpdate(AccessGrant, { personId: id }, { teamId: after.teamId }, { filters: false })
  await kernel.ports.owners.teamChanged(change, id, after.teamId)
}
