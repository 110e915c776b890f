import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { arrayLiteral } from './arrayLiteral.js'
import { columnOf, columnTypeOf, type EntityType, propertiesOf, tableOf } from './columns.js'
import { viewerOf } from './viewer.js'

export type WriteOptions<T> =
  /** No row can be there already: ids that were just drawn. */
  | { present: 'never' }
  /** A row that is there already stays: by these properties, which are unique together, or by whatever is unique. */
  | { unique?: readonly (keyof T & string)[]; present: 'leave' }
  | { unique: readonly (keyof T & string)[]; present: { replace: readonly (keyof T & string)[] } }

/**
 * Writes many rows in one statement, for the hub's own bulk work: some ten times faster than the unit of work. Nothing is audited by
 * itself; whoever calls it records what it did. Returns the ids of rows that were new or changed.
 */
export async function writeRows<T extends { id: string }>(
  em: EntityManager,
  type: EntityType<T>,
  rows: readonly T[],
  options: WriteOptions<T>,
): Promise<string[]> {
  if (viewerOf(em).ability !== 'system') throw new Error('Rows are written in bulk by the system only.')
  if (rows.length === 0) return []
  const columns = propertiesOf(em, type).map(property => ({
    property,
    name: columnOf(em, type, property),
    kind: columnTypeOf(em, type, property),
  }))
  const { rows: written } = await sql<{ id: string }>`
    insert into ${sql.table(tableOf(em, type))} (${sql.join(columns.map(({ name }) => sql.ref(name)))})
    select ${sql.join(columns.map(({ name, kind }) => (isFlat(kind) ? sql.ref(name) : sql`${sql.ref(name)}::${sql.raw(kind)}`)))}
    from unnest(${sql.join(
      columns.map(({ property, kind }) => {
        const values = rows.map(row => plainOf(row[property as keyof T], kind))
        return sql`${arrayLiteral(values)}::${sql.raw(isFlat(kind) ? kind : 'text')}[]`
      }),
    )}) as r(${sql.join(columns.map(({ name }) => sql.ref(name)))})
    ${conflictClause(em, type, options)}
    returning id`.execute(em.getKysely<unknown>())
  return written.map(({ id }) => id)
}

function conflictClause<T extends object>(em: EntityManager, type: EntityType<T>, options: WriteOptions<T>) {
  if (options.present === 'never') return sql``
  const named = (properties: readonly string[]) => properties.map(property => columnOf(em, type, property))
  const target = options.unique ? sql`(${sql.join(named(options.unique).map(name => sql.ref(name)))})` : sql``
  if (options.present === 'leave') return sql`on conflict ${target} do nothing`
  const replaced = named(options.present.replace).map(name => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`)
  return sql`on conflict ${target} do update set ${sql.join(replaced)}`
}

/** Arrays of arrays would have to be of one length, and JSON in an array is taken apart by nobody: both travel as texts. */
const isFlat = (kind: string): boolean => !kind.endsWith('[]') && !kind.startsWith('json')

function plainOf(value: unknown, kind: string): unknown {
  if (value === null || value === undefined) return null
  if (kind.startsWith('json')) return JSON.stringify(value)
  return Array.isArray(value) ? arrayLiteral(value) : value
}
