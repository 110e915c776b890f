import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'

/** What can be held: an extension by a person, a queue by a team. */
export type HoldingKind = 'EXTENSION' | 'QUEUE'

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

/** An extension or a queue and who has it for a period. The database refuses two holders at one moment. Not part of the graph. */
@Entity({ schema: 'access', tableName: 'holding' })
export class Holding {
  @PrimaryKey({ type: 'uuid' })
  id!: string

  @Property({ type: 'text' })
  kind!: HoldingKind

  /** The extension's number or the queue's name. */
  @Property({ type: 'text' })
  name!: string

  /** A person's id for an extension, a team's for a queue. */
  @Property({ type: 'text' })
  holderId!: string

  @Property({ ...time })
  startsAt!: Date

  /** null: until further notice. The end itself is no longer part of the period. */
  @Property({ ...time, nullable: true })
  endsAt!: Date | null
}
