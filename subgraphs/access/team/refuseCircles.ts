import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import { badInput } from '../../../kernel/errors.js'
import { type Branch, hasCircle } from './circle.js'

/** Looks at all teams as this transaction leaves them; two that would make a circle together wait for each other. */
export async function refuseCircles({ em }: Change): Promise<void> {
  const db = em.getKysely<unknown>()
  await sql`select pg_advisory_xact_lock(hashtextextended('access:teams', 0))`.execute(db)
  const { rows } = await sql<Branch>`
    select id, parent_id as "parentId" from access.team where parent_id is not null`.execute(db)
  if (hasCircle(rows)) throw standsBelowItself()
}

export const standsBelowItself = () =>
  badInput('input.parentId', 'A team cannot stand below itself: choose another parent.')
