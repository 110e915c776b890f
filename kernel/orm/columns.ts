import type { EntityManager, EntityMetadata } from '@mikro-orm/postgresql'

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

export function propertiesOf(em: EntityManager, type: EntityType): string[] {
  return metaOf(em, type)
    .props.filter(prop => prop.persist !== false && prop.fieldNames?.length === 1)
    .map(prop => prop.name as string)
}

const metaOf = (em: EntityManager, type: EntityType): EntityMetadata =>
  em.getMetadata().getByClassName(type.name as never)
