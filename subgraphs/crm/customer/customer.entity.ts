import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'
import { CustomerStage } from './customerStage.js'

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

/** Columns without a `@Field` are not part of the graph. */
@Entity({ schema: 'crm', tableName: 'customer' })
@ObjectType({ description: 'The golden record of one real person or company contact.' })
@Directive('@key(fields: "id")')
@Directive('@row')
export class Customer {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'One id for life.' })
  id!: string

  @Property({ type: 'integer', version: true })
  @Field(() => Int, { description: 'Grows with each change; send it along when changing.' })
  version!: number

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The real name, without titles and remarks.' })
  @Directive('@personName')
  @Directive('@freeText')
  name!: string | null

  /** The name to sort by; never null. */
  @Property({ type: 'text' })
  nameSort!: string

  /** The name as it was first written. */
  @Property({ type: 'blob', nullable: true })
  rawNameCipher!: Buffer | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The company they belong to.' })
  @Directive('@freeText')
  company!: string | null

  @Property({ type: 'text' })
  @Field(() => CustomerStage, { nullable: true, description: 'How far one is with them.' })
  stage!: CustomerStage

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: "The stage in the CRM's own words." })
  @Directive('@freeText')
  stageLabel!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Where they came from.' })
  @Directive('@freeText')
  source!: string | null

  @Property({ type: 'text[]', columnType: 'text[]' })
  @Field(() => [String], { nullable: true, description: 'Marks that people gave them.' })
  @Directive('@freeText')
  tags!: string[]

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { nullable: true, description: 'They do not want to be called.' })
  doNotCall!: boolean

  @Property({ type: 'json', columnType: 'jsonb' })
  extra!: Record<string, unknown>

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Supervisors and administrators only; never synced.' })
  @Directive('@freeText')
  internalNote!: string | null

  @Property({ type: 'text', nullable: true })
  ownerId!: string | null

  /** Follows the owner. */
  @Property({ type: 'text', nullable: true })
  teamId!: string | null

  @Property({ type: 'text', nullable: true })
  emailMasked!: string | null

  @Property({ type: 'blob', nullable: true })
  emailCipher!: Buffer | null

  @Property({ type: 'text', nullable: true })
  emailIndex!: string | null

  @Property({ type: 'text', nullable: true })
  addressMasked!: string | null

  @Property({ type: 'blob', nullable: true })
  addressCipher!: Buffer | null

  @Property({ ...time })
  @Field(() => DateTime, { nullable: true, description: 'When the hub first knew them.' })
  createdAt!: Date

  @Property({ ...time })
  @Field(() => DateTime, { nullable: true, description: 'When they were last changed.' })
  updatedAt!: Date

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When they were put away.' })
  archivedAt!: Date | null

  /** For the audit, which names the customer of every row. */
  @Property({ persist: false, type: 'text' })
  get customerId(): string {
    return this.id
  }
}
