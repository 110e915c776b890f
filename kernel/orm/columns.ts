import type { EntityManager, EntityMetadata } from '@mikro-orm/postgresql'
import { type RawBuilder, sql } from 'kysely'

export type EntityType<T extends object = object> = abstract new (...args: never[]) => T

/** `crm.customer`, as Kysely wants it. */
export function tableOf(em: EntityManager, type: EntityType): string {
  const meta = metaOf(em, type)
  return `${meta.schema}.${meta.tableName}`
}

export function columnOf(em: EntityManager, type: EntityType, property: string): string {
  const known = metaOf(em, type).properties[property as never] as { fieldNames: string[] } | undefined
  if (!known) throw new Error(`${type.name} has no property "${property}".`)
  return known.fieldNames[0]!
}

/** The column's type in SQL, such as `timestamptz(3)`. */
export function columnTypeOf(em: EntityManager, type: EntityType, property: string): string {
  const { columnTypes } = metaOf(em, type).properties[property as never] as { columnTypes: string[] }
  return columnTypes[0]!
}

/** Casts a list of ids to the type of a column, so that its index is used; ids that cannot be of that type match nothing. */
export function idList(
  em: EntityManager,
  type: EntityType,
  property: string,
  ids: readonly string[],
): RawBuilder<string[]> {
  const { type: kind } = metaOf(em, type).properties[property as never] as { type: string }
  return kind === 'uuid' ? sql`${ids.filter(isUuid)}::uuid[]` : sql`${[...ids]}::text[]`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isUuid = (text: string): boolean => UUID.test(text)

export function propertiesOf(em: EntityManager, type: EntityType): string[] {
  return metaOf(em, type)
    .props.filter(prop => prop.persist !== false && prop.fieldNames?.length === 1)
    .map(prop => prop.name as string)
}

const metaOf = (em: EntityManager, type: EntityType): EntityMetadata =>
  em.getMetadata().getByClassName(type.name as never)
