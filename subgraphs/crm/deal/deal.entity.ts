import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'

export enum DealStage {
  OPEN = 'OPEN',
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(DealStage, {
  name: 'DealStage',
  description: 'How far a deal is.',
  valuesConfig: {
    OPEN: { description: 'Not decided.' },
    WON: { description: 'Sold.' },
    LOST: { description: 'Not sold.' },
  },
})

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

@Entity({ schema: 'crm', tableName: 'deal' })
@ObjectType({ description: 'Something a customer may buy, or has bought.' })
@Directive('@key(fields: "id")')
@Directive('@row')
export class Deal {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'The id of the deal.' })
  id!: string

  @Property({ type: 'integer', version: true })
  @Field(() => Int, { description: 'Grows with each change; send it along when changing.' })
  version!: number

  @Property({ type: 'uuid' })
  customerId!: string

  @Property({ type: 'text', nullable: true })
  ownerId!: string | null

  @Property({ type: 'text', nullable: true })
  teamId!: string | null

  /** The system that gave the order number. */
  @Property({ type: 'text', nullable: true })
  systemId!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The order number, unique within the system that gave it.' })
  orderNo!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What it is about.' })
  @Directive('@freeText')
  title!: string | null

  @Property({ type: 'text', columnType: 'numeric(20, 4)', nullable: true })
  amount!: string | null

  @Property({ type: 'text' })
  currency!: string

  @Property({ type: 'text', columnType: 'numeric(20, 4)', nullable: true })
  cost!: string | null

  @Property({ type: 'text' })
  @Field(() => DealStage, { nullable: true, description: 'How far it is.' })
  stage!: DealStage

  @Property({ ...time })
  createdAt!: Date

  @Property({ ...time })
  updatedAt!: Date

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When it was won or lost.' })
  closedAt!: Date | null
}
