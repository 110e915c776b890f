import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'

export enum Severity {
  INFO = 'INFO',
  WARNING = 'WARNING',
  CRITICAL = 'CRITICAL',
}
registerEnumType(Severity, { name: 'Severity', description: 'How soon somebody must look.' })

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

@Entity({ schema: 'sync', tableName: 'alert' })
@ObjectType({ description: 'Something people in charge must know of, with its effect and what to do next.' })
@Directive('@row')
export class Alert {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'The id of the alert.' })
  id!: string

  @Property({ type: 'text' })
  @Field(() => Severity, { nullable: true, description: 'How soon somebody must look.' })
  severity!: Severity

  @Property({ type: 'text' })
  @Field(() => String, { nullable: true, description: 'What sort of alert it is, such as `budget.reveal`.' })
  kind!: string

  /** What it is about: while one of its kind about the same thing is open, no second one is raised. */
  @Property({ type: 'text' })
  about!: string

  @Property({ type: 'text' })
  @Field(() => String, { nullable: true, description: 'What happened, in one sentence.' })
  @Directive('@freeText')
  title!: string

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What it means for the work.' })
  @Directive('@freeText')
  effect!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What to do next.' })
  @Directive('@freeText')
  nextStep!: string | null

  @Property({ type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true, description: 'How many records are affected.' })
  affected!: number | null

  @Property({ type: 'text', nullable: true })
  systemId!: string | null

  @Property({ type: 'text', nullable: true })
  teamId!: string | null

  @Property({ type: 'text' })
  @Field(() => String, { nullable: true, description: 'The group that answers for it.' })
  owner!: string

  @Property({ ...time })
  @Field(() => DateTime, { nullable: true, description: 'When it was raised.' })
  openedAt!: Date

  @Property({ type: 'text', nullable: true })
  acknowledgedById!: string | null

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When its cause was gone.' })
  closedAt!: Date | null
}
