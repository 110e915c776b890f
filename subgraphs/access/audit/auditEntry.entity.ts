import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { DateTime, JsonScalar } from '../../../kernel/scalars.js'
import { AuditKind } from './auditKind.js'

/** The kernel writes these rows, in the transaction of what they record; here they are only read. */
@Entity({ schema: 'hub', tableName: 'audit_entry' })
@ObjectType({ description: 'One act worth answering for. Holds ids and names of fields, never a personal value.' })
@Directive('@row')
export class AuditEntry {
  @PrimaryKey({ type: 'bigint' })
  @Field(() => ID, { description: 'The id of the entry.' })
  id!: string

  @Property({ type: 'datetime', columnType: 'timestamptz(3)' })
  @Field(() => DateTime, { description: 'When it happened.' })
  at!: Date

  @Property({ type: 'text', nullable: true })
  actorId!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The program that did it, where no person did.' })
  program!: string | null

  @Property({ type: 'text' })
  @Field(() => AuditKind, { description: 'What sort of act it was.' })
  kind!: AuditKind

  @Property({ type: 'text' })
  @Field(() => String, { description: 'What was done to what, such as `Customer.updated`.' })
  action!: string

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The type of what it was done to.' })
  subjectType!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => ID, { nullable: true, description: 'The id of what it was done to.' })
  subjectId!: string | null

  @Property({ type: 'uuid', nullable: true })
  customerId!: string | null

  @Property({ type: 'text[]', columnType: 'text[]', nullable: true })
  @Field(() => [String], { nullable: true, description: 'Names of the fields that were changed or read.' })
  fields!: string[] | null

  @Property({ type: 'text', nullable: true })
  grantId!: string | null

  @Property({ type: 'text', nullable: true })
  systemId!: string | null

  @Property({ type: 'json', columnType: 'jsonb', nullable: true })
  @Field(() => JsonScalar, { nullable: true, description: 'Further facts, by name.' })
  @Directive('@freeText')
  detail!: Record<string, unknown> | null
}
