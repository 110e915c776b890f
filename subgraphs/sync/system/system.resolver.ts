import { Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column } from '../../../kernel/orm/index.js'
import { shownGaps } from '../gap/shownGaps.js'
import { TimeSpan } from '../gap/timeSpan.js'
import { waitingBySystem } from '../inbox/inboxStore.js'
import { System } from './system.entity.js'

@Resolver(() => System)
export class SystemResolver {
  @Query(() => [System], { nullable: true, description: 'The connected systems.' })
  systems(@Ctx() ctx: HubContext): Promise<System[]> {
    return ctx
      .rows(System)
      .orderBy(column(ctx.em, System, 'id'))
      .execute()
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many of its messages are stored and not yet worked through.',
  })
  async backlog(@Root() system: System, @Ctx() ctx: HubContext): Promise<number> {
    const loader = ctx.loader<string, number>('backlog', ids => waitingBySystem(ctx.kernel.systemEm(), ids))
    return (await loader.load(system.id)) ?? 0
  }

  @FieldResolver(() => [TimeSpan], {
    nullable: true,
    description:
      'When its events did not arrive, so that what is known of those hours may be incomplete; newest first, 100 at most. Gone once it is filled from the system’s own records.',
  })
  gaps(@Root() system: System, @Ctx() ctx: HubContext): Promise<TimeSpan[]> {
    return shownGaps(ctx, system)
  }
}
