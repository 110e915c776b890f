import { Field, Int, ObjectType } from 'type-graphql'
import { Cursor, DateTime } from '../../../kernel/scalars.js'
import { Call } from '../call/call.entity.js'
import { CallEventKind } from '../call/enums.js'

@ObjectType({ description: 'Something that happened to a call.' })
export class CallEvent {
  @Field(() => Cursor, { description: 'Subscribe again after this cursor to go on without gap or repeat.' })
  cursor!: string

  @Field(() => DateTime, { description: 'When the hub learnt of it.' })
  at!: Date

  @Field(() => CallEventKind, { description: 'What happened.' })
  kind!: CallEventKind

  @Field(() => Call, { nullable: true, description: 'The call as it stands now; null for LAGGED.' })
  call!: Call | null

  @Field(() => Int, {
    nullable: true,
    description: 'Events this subscriber missed because it was too slow; ask again after `cursor`.',
  })
  lagged!: number | null
}
