import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { DateTime } from '../../../kernel/scalars.js'
import { UnlinkedRate, unlinkedRate } from './unlinkedRate.js'

@Resolver(() => UnlinkedRate)
export class UnlinkedRateResolver {
  @Query(() => UnlinkedRate, {
    nullable: true,
    description: 'How many calls of a time belong to no customer, of those that the viewer may see. 93 days at most.',
  })
  unlinkedRate(
    @Arg('from', () => DateTime, { description: 'Calls that began at this moment or later.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'Calls that began before this moment.' }) to: Date,
    @Ctx() ctx: HubContext,
  ): Promise<UnlinkedRate> {
    return unlinkedRate(ctx, from, to)
  }
}
