import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { columnOf, columnTypeOf, type EntityType, propertiesOf, tableOf } from './columns.js'
import { viewerOf } from './viewer.js'

export type WriteOptions<T> =
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
  { unique, present }: WriteOptions<T>,
): Promise<string[]> {
  if (viewerOf(em).ability !== 'system') throw new Error('Rows are written in bulk by the system only.')
  if (rows.length === 0) return []
  const columns = propertiesOf(em, type).map(property => ({
    property,
    name: columnOf(em, type, property),
    kind: columnTypeOf(em, type, property),
  }))
  const given = rows.map(row =>
    Object.fromEntries(columns.map(({ property, name }) => [name, plain(row[property as keyof T])])),
  )
  const { rows: written } = await sql<{ id: string }>`
    insert into ${sql.table(tableOf(em, type))} (${sql.join(columns.map(({ name }) => sql.ref(name)))})
    select ${sql.join(columns.map(({ name, kind }) => (kind === 'bytea' ? sql`decode(${sql.ref(name)}, 'base64')` : sql.ref(name))))}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r(${sql.join(
      columns.map(({ name, kind }) => sql`${sql.ref(name)} ${sql.raw(kind === 'bytea' ? 'text' : kind)}`),
    )})
    on conflict ${unique ? sql`(${sql.join(unique.map(property => sql.ref(columnOf(em, type, property))))})` : sql``} ${
      present === 'leave'
        ? sql`do nothing`
        : sql`do update set ${sql.join(
            present.replace.map(property => {
              const name = columnOf(em, type, property)
              return sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`
            }),
          )}`
    }
    returning id`.execute(em.getKysely<unknown>())
  return written.map(({ id }) => id)
}

const plain = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)
