import { Field, ID, InputType } from 'type-graphql'

@InputType({ description: 'Whom to call: exactly one of these.' })
export class PlaceCallInput {
  @Field(() => ID, { nullable: true, description: 'A customer, at their first number.' })
  customerId?: string | null

  @Field(() => ID, { nullable: true, description: 'A call whose number is rung back, whoever it belongs to.' })
  callId?: string | null

  @Field(() => ID, { nullable: true, description: 'One of the numbers of a customer, by the id it has there.' })
  phoneId?: string | null
}
