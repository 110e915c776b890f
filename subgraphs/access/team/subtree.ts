import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'

/** Ids of the teams that this person supervises: their own, those given to them besides, and all below these. Sorted. */
export async function supervisedTeams(em: EntityManager, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below(id) as (
      (
        select team_id from access.person where id = ${personId} and team_id is not null
        union select team_id from access.team_supervisor where person_id = ${personId}
      )
      -- A plain union drops what was seen before, so that even a circle of teams comes to an end.
      union select child.id from access.team child join below on child.parent_id = below.id
    )
    select id from below order by id collate "C"`.execute(em.getKysely<unknown>())
  return rows.map(({ id }) => id)
}
