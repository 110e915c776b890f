import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'

export enum Channel {
  PHONE = 'PHONE',
  VISIT = 'VISIT',
  EMAIL = 'EMAIL',
  CHAT = 'CHAT',
  OTHER = 'OTHER',
}
registerEnumType(Channel, {
  name: 'Channel',
  description: 'How one was in touch.',
  valuesConfig: { CHAT: { description: 'By messages, such as 企业微信.' } },
})

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

@Entity({ schema: 'crm', tableName: 'follow_up' })
@ObjectType({ description: 'What was, or is to be, done for a customer (跟进).' })
@Directive('@key(fields: "id")')
@Directive('@row')
export class FollowUp {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'The id of the follow-up.' })
  id!: string

  @Property({ type: 'integer', version: true })
  version!: number

  @Property({ type: 'uuid' })
  customerId!: string

  @Property({ type: 'text', nullable: true })
  ownerId!: string | null

  @Property({ type: 'text', nullable: true })
  teamId!: string | null

  @Property({ type: 'text', nullable: true })
  authorId!: string | null

  @Property({ type: 'uuid', nullable: true })
  callId!: string | null

  @Property({ type: 'text' })
  @Field(() => Channel, { description: 'How one was in touch.' })
  channel!: Channel

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What was said or is to be done; personal values in it are masked.',
  })
  @Directive('@freeText')
  note!: string | null

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When it is due.' })
  dueAt!: Date | null

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When it was done.' })
  doneAt!: Date | null

  @Property({ ...time })
  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: Date
}
