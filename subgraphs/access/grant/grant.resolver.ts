import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { connectionOf, type Order, type Page, pageOf } from '../../../kernel/page/index.js'
import { Cursor } from '../../../kernel/scalars.js'
import { Agent, agentById } from '../person/agent.js'
import { AccessGrant } from './accessGrant.entity.js'
import { inForceNow } from './inForceNow.js'
import { readsUnder } from './readsUnder.js'

export const { Connection: AccessGrantConnection } = connectionOf(AccessGrant)
const NEWEST: Order<AccessGrant> = { name: 'grant:started', by: 'startsAt', direction: 'desc' }

@Resolver(() => AccessGrant)
export class AccessGrantResolver {
  @Query(() => AccessGrantConnection, {
    nullable: true,
    description: 'Grants of the viewer, and of those they answer for, newest first.',
  })
  accessGrants(
    @Arg('active', () => Boolean, { nullable: true, defaultValue: true, description: 'Only those in force now.' })
    active: boolean | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<AccessGrant>> {
    const rows = ctx.rows(AccessGrant, { by: ['startsAt', 'endsAt', 'endedAt'] })
    return pageOf(ctx, AccessGrant, active ? rows.where(inForceNow(ctx)) : rows, NEWEST, { first, after })
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Whose permissions it widens.' })
  person(@Root() grant: AccessGrant, @Ctx() ctx: HubContext): Promise<Agent | null> {
    return agentById(ctx, grant.personId)
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who ended it before its time.' })
  endedBy(@Root() grant: AccessGrant, @Ctx() ctx: HubContext): Promise<Agent | null> {
    return agentById(ctx, grant.endedById)
  }

  @FieldResolver(() => Int, { description: 'How many full personal values were read under it.' })
  reads(@Root() grant: AccessGrant, @Ctx() ctx: HubContext): Promise<number> {
    return readsUnder(ctx, grant.id)
  }
}
