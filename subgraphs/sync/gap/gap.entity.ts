import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

/** A stretch of time in which events of a System did not arrive. It waits until it is closed: until then what is known of it may be incomplete. */
@Entity({ schema: 'sync', tableName: 'gap' })
export class Gap {
  static readonly audited = false

  @PrimaryKey({ type: 'uuid' })
  id!: string

  @Property({ type: 'text' })
  systemId!: string

  @Property({ ...time })
  fromAt!: Date

  /** null while it lasts; a System has one such at most. */
  @Property({ ...time, nullable: true })
  toAt!: Date | null

  /** When it was filled from the System's own records. */
  @Property({ ...time, nullable: true })
  closedAt!: Date | null

  /** When those records were first read to their end. */
  @Property({ ...time, nullable: true })
  readAt!: Date | null

  /** How often reading them failed. */
  @Property({ type: 'integer' })
  tries!: number

  /** Not to be read before; null: at once. */
  @Property({ ...time, nullable: true })
  nextAt!: Date | null
}
