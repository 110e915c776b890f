import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'
import { PhoneNumber } from '../../../kernel/sensitive/index.js'

@ObjectType({ description: 'One channel of a call: a customer, an agent, a transfer target.' })
@Directive('@row')
export class CallLeg {
  @Field(() => ID, { description: 'The id the phone system gave the leg.' })
  id!: string

  @Field(() => PhoneNumber, { nullable: true, description: 'The outside number on this leg.' })
  party!: PhoneNumber | null

  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  startedAt!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was picked up.' })
  answeredAt!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  endedAt!: string | null

  @Field(() => ID, { nullable: true, description: 'The leg that took over, after a transfer.' })
  transferredTo!: string | null

  /** Who was on this leg. */
  legAgentId!: string | null
  legTeamId!: string | null

  /** Columns of the call, for the rules: whoever sees the call sees its legs. */
  callId!: string
  agentId!: string | null
  ownerId!: string | null
  teamId!: string | null
  customerId!: string | null
}
