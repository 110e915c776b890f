import { Field, ID, InputType, Int } from 'type-graphql'

@InputType({ description: 'How a call went, in the words of somebody of the company.' })
export class CallFeedbackInput {
  @Field(() => ID, { description: 'The call.' })
  callId!: string

  @Field(() => ID, { nullable: true, description: 'Its result: the id of a disposition. Left out: as it is.' })
  disposition?: string | null

  @Field(() => String, { nullable: true, description: 'In your words, 5,000 characters at most.' })
  note?: string | null

  @Field(() => Int, { nullable: true, description: 'From 0 to 100, as your company rates calls.' })
  rating?: number | null
}
