import { Directive, Field, ObjectType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'

@ObjectType({ description: 'A stretch of time.' })
@Directive('@shareable')
export class TimeSpan {
  @Field(() => DateTime, { description: 'When it began.' })
  from!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it was over; null while it lasts.' })
  to!: Date | null
}
