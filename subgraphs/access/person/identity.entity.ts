import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'

/** Who a token speaks of: an issuer's subject is one person here. Not part of the graph. */
@Entity({ schema: 'access', tableName: 'identity' })
export class Identity {
  @PrimaryKey({ type: 'uuid' })
  id!: string

  @Property({ type: 'text' })
  issuer!: string

  @Property({ type: 'text' })
  subject!: string

  @Property({ type: 'text' })
  personId!: string
}
