import { sql } from 'kysely'
import { Role } from '../../../kernel/ability/index.js'
import type { Change } from '../../../kernel/changes/index.js'
import { badInput } from '../../../kernel/errors.js'
import { Person } from './person.entity.js'
import { PersonState } from './personState.js'

/** Without an administrator nobody could make one. Two who would remove each other at once wait for one another. */
export async function keepAnAdministrator({ em }: Change): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('access:administrators', 0))`.execute(em.getKysely<unknown>())
  const administrators = await em.count(Person, { role: Role.ADMIN, state: PersonState.ACTIVE }, { filters: false })
  if (administrators === 0)
    throw badInput('input', 'This is the last active administrator: make somebody else one first.')
}
