import { type SqlBool, sql } from 'kysely'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList } from '../../../kernel/orm/index.js'
import { Team } from './team.entity.js'

/** A list to choose from, not to page through. */
const MOST = 1000

/** Teams the viewer may see, by name; of `ids` only where they are given. */
export function teamsByName(ctx: HubContext, ids?: readonly string[]): Promise<Team[]> {
  const rows = ctx.rows(Team, { by: ['name'] })
  const id = column(ctx.em, Team, 'id')
  const wanted = ids ? rows.where(sql<SqlBool>`${id} = any(${idList(ctx.em, Team, 'id', ids)})`) : rows
  return wanted
    .orderBy(column(ctx.em, Team, 'name'))
    .orderBy(id)
    .limit(MOST)
    .execute()
}
