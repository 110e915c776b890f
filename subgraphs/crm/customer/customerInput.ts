import { Field, ID, InputType, Int } from 'type-graphql'
import { JsonScalar } from '../../../kernel/scalars.js'
import { CustomerStage } from './customerStage.js'

@InputType({ description: 'A new customer.' })
export class CreateCustomerInput {
  @Field(() => String, { description: 'The name, as people write it; titles and remarks are taken off.' })
  name!: string

  @Field(() => String, { description: 'Their number, in any writing. Masked from then on.' })
  phone!: string

  @Field(() => String, { nullable: true, description: 'Their e-mail address.' })
  email?: string | null

  @Field(() => String, { nullable: true, description: 'Where they live or work.' })
  address?: string | null

  @Field(() => String, { nullable: true, description: 'The company they belong to.' })
  company?: string | null

  @Field(() => CustomerStage, { nullable: true, description: 'How far one is with them; LEAD when left out.' })
  stage?: CustomerStage | null

  @Field(() => String, { nullable: true, description: 'Where they came from.' })
  source?: string | null

  @Field(() => [String], { nullable: true, description: 'Marks.' })
  tags?: string[] | null

  @Field(() => Boolean, { nullable: true, description: 'They do not want to be called.' })
  doNotCall?: boolean | null

  @Field(() => ID, {
    nullable: true,
    description: 'Who cares for them. An agent: oneself. Left out by others: the pool (公海).',
  })
  ownerId?: string | null
}

@InputType({ description: 'Changes to a customer. What is left out stays; null clears.' })
export class UpdateCustomerInput {
  @Field(() => ID, { description: 'The customer.' })
  id!: string

  @Field(() => Int, { description: 'The version one read; an older one is refused with CONFLICT.' })
  version!: number

  @Field(() => String, { nullable: true, description: 'The name.' })
  name?: string | null

  @Field(() => String, { nullable: true, description: 'A further number, in any writing; it replaces none.' })
  addPhone?: string | null

  @Field(() => String, { nullable: true, description: 'The e-mail address.' })
  email?: string | null

  @Field(() => String, { nullable: true, description: 'Where they live or work.' })
  address?: string | null

  @Field(() => String, { nullable: true, description: 'The company.' })
  company?: string | null

  @Field(() => CustomerStage, { nullable: true, description: 'How far one is with them.' })
  stage?: CustomerStage | null

  @Field(() => String, { nullable: true, description: "The stage in the CRM's own words." })
  stageLabel?: string | null

  @Field(() => String, { nullable: true, description: 'Where they came from.' })
  source?: string | null

  @Field(() => [String], { nullable: true, description: 'All marks; these replace those before.' })
  tags?: string[] | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they do not want to be called. To call them again needs a reason, and a supervisor.',
  })
  doNotCall?: boolean | null

  @Field(() => JsonScalar, { nullable: true, description: 'Custom fields to set, by key; null takes one away.' })
  extra?: Record<string, unknown> | null

  @Field(() => String, { nullable: true, description: 'Supervisors and administrators only; never synced.' })
  internalNote?: string | null

  @Field(() => String, { nullable: true, description: 'Why they may be called again.' })
  reason?: string | null
}
