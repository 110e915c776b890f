import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { Agent } from '../person/agent.js'
import { agentsOf, supervisorsOf } from './membersOf.js'
import { saveTeam } from './saveTeam.js'
import { Team } from './team.entity.js'
import { TeamInput, TeamPayload } from './teamInput.js'
import { teamsByName } from './teamsByName.js'

@Resolver(() => Team)
export class TeamResolver {
  @Query(() => [Team], { nullable: true, description: 'Teams the viewer may see, by name; the first 1,000.' })
  teams(@Ctx() ctx: HubContext): Promise<Team[]> {
    return teamsByName(ctx)
  }

  @Mutation(() => TeamPayload, {
    nullable: true,
    description: 'Makes a team, or changes its name, place and supervisors. Administrators only.',
  })
  async saveTeam(
    @Arg('input', () => TeamInput, { description: 'The team as it shall be.' }) input: TeamInput,
    @Ctx() ctx: HubContext,
  ): Promise<TeamPayload> {
    await saveTeam(ctx, input)
    const [team] = await teamsByName(ctx, [input.id])
    return { team: team ?? null }
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team it is part of.' })
  parent(@Root() team: Team, @Ctx() ctx: HubContext): Promise<Team | null> {
    return ctx.byId(Team, team.parentId)
  }

  @FieldResolver(() => [Agent], { nullable: true, description: 'Active supervisors of this very team, by name.' })
  supervisors(@Root() team: Team, @Ctx() ctx: HubContext): Promise<Agent[]> {
    return supervisorsOf(ctx, team.id)
  }

  @FieldResolver(() => [Agent], { nullable: true, description: 'Active agents of this very team, by name.' })
  agents(@Root() team: Team, @Ctx() ctx: HubContext): Promise<Agent[]> {
    return agentsOf(ctx, team.id)
  }
}
