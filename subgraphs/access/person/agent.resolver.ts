import { type SqlBool, sql } from 'kysely'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { Role } from '../../../kernel/ability/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { column } from '../../../kernel/orm/index.js'
import { extensionsOf } from '../holding/extensionsOf.js'
import { Team } from '../team/team.entity.js'
import { Agent, agentRows } from './agent.js'
import { Person } from './person.entity.js'
import { PersonState } from './personState.js'

/** A list to choose from, not to page through. */
const MOST = 1000

@Resolver(() => Agent)
export class AgentResolver {
  @Query(() => [Agent], {
    nullable: true,
    description: 'Active agents and supervisors the viewer may see, by name; the first 1,000.',
  })
  agents(
    @Arg('teamId', () => ID, { nullable: true, description: 'Only those of this very team.' }) teamId: string | null,
    @Ctx() ctx: HubContext,
  ): Promise<Agent[]> {
    const name = column(ctx.em, Person, 'name')
    const id = column(ctx.em, Person, 'id')
    const rows = agentRows(ctx, teamId ? ['name', 'team'] : ['name'])
      .where(sql<SqlBool>`${column(ctx.em, Person, 'state')} = ${PersonState.ACTIVE}`)
      .where(sql<SqlBool>`${column(ctx.em, Person, 'role')} in (${Role.AGENT}, ${Role.SUPERVISOR})`)
    const wanted = teamId ? rows.where(sql<SqlBool>`${column(ctx.em, Person, 'teamId')} = ${teamId}`) : rows
    return wanted.orderBy(name).orderBy(id).limit(MOST).execute()
  }

  @FieldResolver(() => String, { nullable: true, description: 'The extension they have now.' })
  async extension(@Root() agent: Agent, @Ctx() ctx: HubContext): Promise<string | null> {
    const [extension] = await extensionsOf(ctx, agent.id)
    return extension ?? null
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team they belong to.' })
  team(@Root() agent: Agent, @Ctx() ctx: HubContext): Promise<Team | null> {
    return ctx.byId(Team, agent.teamId)
  }
}
