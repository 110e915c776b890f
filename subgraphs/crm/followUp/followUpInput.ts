import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'
import { Channel } from './followUp.entity.js'

@InputType({ description: 'What was, or is to be, done for a customer.' })
export class FollowUpInput {
  @Field(() => ID, { description: 'The customer it is for.' })
  customerId!: string

  @Field(() => Channel, { description: 'How one was, or will be, in touch.' })
  channel!: Channel

  @Field(() => String, { nullable: true, description: 'In your words, 5,000 characters at most.' })
  note?: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it is due; left out for what is done already.' })
  dueAt?: Date | null

  @Field(() => ID, { nullable: true, description: 'The call it came from.' })
  callId?: string | null
}
