import { type SqlBool, sql } from 'kysely'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column } from '../../../kernel/orm/index.js'
import { connectionOf, type Order, type Page, pageOf } from '../../../kernel/page/index.js'
import { Cursor } from '../../../kernel/scalars.js'
import { extensionsOf } from '../holding/extensionsOf.js'
import { Team } from '../team/team.entity.js'
import { Agent, agentById } from './agent.js'
import { Person } from './person.entity.js'
import { PersonInput, PersonPayload } from './personInput.js'
import { savePerson } from './savePerson.js'
import { suspendPerson } from './suspendPerson.js'

export const { Connection: PersonConnection } = connectionOf(Person)
const BY_NAME: Order<Person> = { name: 'person:name', by: 'name', direction: 'asc' }

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => PersonConnection, { nullable: true, description: 'People the viewer may see, by name.' })
  people(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<Person>> {
    return pageOf(ctx, Person, ctx.rows(Person, { by: ['name'] }), BY_NAME, { first, after })
  }

  @Mutation(() => PersonPayload, {
    nullable: true,
    description: 'Makes a person, or changes their name, role, team, state and extensions. Administrators only.',
  })
  async savePerson(
    @Arg('input', () => PersonInput, { description: 'The person as they shall be.' }) input: PersonInput,
    @Ctx() ctx: HubContext,
  ): Promise<PersonPayload> {
    await savePerson(ctx, input)
    return { person: await asItStands(ctx, input.id) }
  }

  @Mutation(() => PersonPayload, {
    nullable: true,
    description: 'Ends a person’s sessions and grants at once, until they are made active again. Administrators only.',
  })
  async suspendPerson(
    @Arg('id', () => ID, { description: 'The person.' }) id: string,
    @Arg('reason', () => String, { description: 'Why; it stands in the audit.' }) reason: string,
    @Ctx() ctx: HubContext,
  ): Promise<PersonPayload> {
    await suspendPerson(ctx, id, reason)
    return { person: await asItStands(ctx, id) }
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team they belong to.' })
  team(@Root() person: Person, @Ctx() ctx: HubContext): Promise<Team | null> {
    return ctx.byId(Team, person.teamId)
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who stands in for them.' })
  deputy(@Root() person: Person, @Ctx() ctx: HubContext): Promise<Agent | null> {
    return agentById(ctx, person.deputyId)
  }

  @FieldResolver(() => [String], { nullable: true, description: 'The extensions they have now.' })
  extensions(@Root() person: Person, @Ctx() ctx: HubContext): Promise<string[]> {
    return extensionsOf(ctx, person.id)
  }
}

async function asItStands(ctx: HubContext, id: string): Promise<Person | null> {
  const one = sql<SqlBool>`${column(ctx.em, Person, 'id')} = ${id}`
  return (await ctx.rows(Person).where(one).executeTakeFirst()) ?? null
}
