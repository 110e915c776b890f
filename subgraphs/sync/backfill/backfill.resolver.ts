import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput } from '../../../kernel/errors.js'
import { DateTime } from '../../../kernel/scalars.js'
import { SyncRun } from '../run/run.entity.js'
import { System } from '../system/system.entity.js'
import { askRun } from './askedRuns.js'

@ObjectType({ description: 'The run that was started.' })
export class SyncRunPayload {
  @Field(() => SyncRun, { nullable: true, description: 'The run as it stands now; `syncRuns` shows how it goes on.' })
  run!: SyncRun | null
}

@Resolver()
export class BackfillResolver {
  @Mutation(() => SyncRunPayload, {
    nullable: true,
    description:
      'Reads what a phone system has on record of a time; what is known already is not taken twice. Runs in the background, and closes gaps that lie in that time. Administrators only.',
  })
  async backfillSystem(
    @Arg('system', () => ID, { description: 'The system.' }) systemId: string,
    @Arg('from', () => DateTime, { description: 'Since when.' }) from: Date,
    @Arg('to', () => DateTime, { nullable: true, description: 'Until when; until now where it is left out.' })
    to: Date | null,
    @Ctx() ctx: HubContext,
  ): Promise<SyncRunPayload> {
    const span = { from, to: to ?? ctx.now }
    const id = await ctx.change(async change => {
      await ctx.open(System, systemId, 'update', { fields: ['gaps'], em: change.em })
      if (span.from >= span.to) throw badInput('from', 'The time must begin before it ends.')
      if (ctx.kernel.ports.pastCalls.sourceOf(systemId) === null)
        throw badInput(
          'system',
          'This system has no records that the hub could read: name them under "backfill" in HUB_CONFIG.',
        )
      return askRun(ctx.kernel, change, systemId, span).id
    })
    return { run: await ctx.byId(SyncRun, id) }
  }
}
