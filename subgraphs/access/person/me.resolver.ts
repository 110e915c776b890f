import { type SqlBool, sql } from 'kysely'
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column } from '../../../kernel/orm/index.js'
import { AccessGrant } from '../grant/accessGrant.entity.js'
import { inForceNow } from '../grant/inForceNow.js'
import { Team } from '../team/team.entity.js'
import { teamsByName } from '../team/teamsByName.js'
import { Me } from './me.js'

@Resolver(() => Me)
export class MeResolver {
  @Query(() => Me, { nullable: true, description: 'Who the hub takes you for, and what you may do for now.' })
  me(@Ctx() { actor }: HubContext): Me {
    return { id: actor.id, name: actor.name, role: actor.role }
  }

  @FieldResolver(() => Team, { nullable: true, description: 'Your team.' })
  team(@Root() _me: Me, @Ctx() ctx: HubContext): Promise<Team | null> {
    return ctx.byId(Team, ctx.actor.teamId)
  }

  @FieldResolver(() => [Team], { description: 'Teams you supervise, with all below them.' })
  supervises(@Root() _me: Me, @Ctx() ctx: HubContext): Promise<Team[]> {
    return teamsByName(ctx, ctx.actor.supervisedTeamIds)
  }

  @FieldResolver(() => [AccessGrant], { description: 'Your grants in force, oldest first.' })
  grants(@Root() me: Me, @Ctx() ctx: HubContext): Promise<AccessGrant[]> {
    return ctx
      .rows(AccessGrant)
      .where(inForceNow(ctx))
      .where(sql<SqlBool>`${column(ctx.em, AccessGrant, 'personId')} = ${me.id}`)
      .orderBy(column(ctx.em, AccessGrant, 'startsAt'))
      .execute()
  }
}
