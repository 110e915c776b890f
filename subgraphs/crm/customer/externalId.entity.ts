import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Field, ID, ObjectType } from 'type-graphql'

/** What a customer is called in one system; a second active id for the same customer in one system is refused by the database. */
@Entity({ schema: 'crm', tableName: 'external_id' })
@ObjectType({ description: 'What a customer is called in one connected system.' })
export class ExternalId {
  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { name: 'system', description: 'The System.' })
  systemId!: string

  @PrimaryKey({ type: 'text' })
  @Field(() => String, { name: 'id', description: 'Their id there.' })
  externalId!: string

  @Property({ type: 'uuid' })
  customerId!: string

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Where to look at them there.' })
  url!: string | null
}
