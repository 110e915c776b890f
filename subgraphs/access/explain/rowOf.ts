import type { EntityManager } from '@mikro-orm/postgresql'
import { type SqlBool, sql } from 'kysely'
import { badInput, notFound } from '../../../kernel/errors.js'
import { column, type EntityType, rowsOf } from '../../../kernel/orm/index.js'

/** Types of the graph whose rows stand under another name. */
const STANDS_FOR: Record<string, string> = { Agent: 'Person' }

/** One row of any type of the graph as rules see it, whoever may read it. Throws where there is no such type or row. */
export async function rowOf(systemEm: EntityManager, type: string, id: string): Promise<object> {
  const meta = systemEm.getMetadata().getByClassName(STANDS_FOR[type] ?? type, false)
  if (!meta) throw badInput('type', 'Name a type of the graph whose rows are stored, such as Customer, Call or Agent.')
  const entity = meta.class as EntityType
  const row = await rowsOf(systemEm, entity)
    .where(sql<SqlBool>`${column(systemEm, entity, 'id')} = ${id}`)
    .executeTakeFirst()
  if (!row) throw notFound('row')
  return row
}
