import type { EntityManager } from '@mikro-orm/postgresql'
import { type Expression, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { type Action, type ColumnTest, type RowCondition, rowCondition } from '../ability/index.js'
import { columnOf, type EntityType, propertiesOf, tableOf } from './columns.js'
import { viewerOf } from './viewer.js'

export type Rows<T> = SelectQueryBuilder<Record<string, never>, 'r', T>

export interface RowsOptions<T> {
  /** Properties to select; all by default. Columns that rules read should be among them, else the guard denies. */
  select?: readonly (keyof T & string)[]
  /** Only rows of which the viewer may read all of these fields: name here whatever the query filters or sorts by. */
  by?: readonly string[]
  action?: Action
  /** The type whose rules apply, where one table stands behind two types of the graph; the entity's own by default. */
  as?: string
}

/**
 * The only way to a raw read: a query over the rows of one entity that this viewer may read, aliased `r`, with columns named as the
 * entity's properties. Narrow it with `where(column(…))`, order it, limit it.
 */
export function rowsOf<T extends object>(
  em: EntityManager,
  type: EntityType<T>,
  options: RowsOptions<T> = {},
): Rows<T> {
  const select = options.select ?? (propertiesOf(em, type) as (keyof T & string)[])
  const query = em
    .getKysely<Record<string, never>>()
    .selectFrom(sql`${sql.table(tableOf(em, type))}`.as('r') as never)
    .select(select.map(property => sql.ref(`r.${columnOf(em, type, property)}`).as(property)))
  return query.where(readableSql(em, type, options)) as unknown as Rows<T>
}

/** The viewer's row condition as SQL over the alias `r`, for queries of another shape (children per parent, counts, reports). */
export function readableSql(
  em: EntityManager,
  type: EntityType,
  { action = 'read', by = [], as = type.name }: Pick<RowsOptions<object>, 'action' | 'by' | 'as'> = {},
): Expression<SqlBool> {
  const { ability } = viewerOf(em)
  if (ability === 'system') return sql<SqlBool>`true`
  return render(em, type, rowCondition(ability, action, as, by))
}

/** `r.owner_id` for the property `ownerId`. */
export const column = <V = unknown>(em: EntityManager, type: EntityType, property: string): RawBuilder<V> =>
  sql.ref<V>(`r.${columnOf(em, type, property)}`)

function render(em: EntityManager, type: EntityType, condition: RowCondition): Expression<SqlBool> {
  if (condition.length === 0) return sql<SqlBool>`false`
  const alternatives = condition.map(columns => {
    const tests = Object.entries(columns).map(([property, test]) => renderTest(column(em, type, property), test))
    return tests.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(tests, sql` and `)})`
  })
  return sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`
}

function renderTest(left: RawBuilder<unknown>, test: ColumnTest): RawBuilder<SqlBool> {
  if (test === null) return sql<SqlBool>`${left} is null`
  if (typeof test !== 'object') return sql<SqlBool>`${left} = ${test}`
  if (!Array.isArray(test.$in))
    throw new Error('A rule may compare a column with a value or with a list ($in), nothing else.')
  return test.$in.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`${left} in (${sql.join([...test.$in])})`
}
