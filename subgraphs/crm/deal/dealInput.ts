import { Field, ID, InputType, Int } from 'type-graphql'
import { Decimal } from '../../../kernel/scalars.js'
import { DealStage } from './deal.entity.js'

@InputType({ description: 'A deal to make or change. What is left out stays as it is.' })
export class DealInput {
  @Field(() => ID, { nullable: true, description: 'The deal to change; left out for a new one.' })
  id?: string | null

  @Field(() => Int, { nullable: true, description: 'The version one read; needed to change.' })
  version?: number | null

  @Field(() => ID, { nullable: true, description: 'Whose deal it is; needed for a new one.' })
  customerId?: string | null

  @Field(() => String, { nullable: true, description: 'The order number.' })
  orderNo?: string | null

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  title?: string | null

  @Field(() => Decimal, { nullable: true, description: 'What it is worth.' })
  amount?: string | null

  @Field(() => String, { nullable: true, description: 'ISO 4217; CNY for a new deal.' })
  currency?: string | null

  @Field(() => DealStage, { nullable: true, description: 'How far it is.' })
  stage?: DealStage | null

  @Field(() => Decimal, { nullable: true, description: 'What it costs; administrators only.' })
  cost?: string | null
}
