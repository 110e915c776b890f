import { type SqlBool, sql } from 'kysely'
import { Role } from '../../../kernel/ability/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList } from '../../../kernel/orm/index.js'
import { type Agent, agentRows } from '../person/agent.js'
import { Person } from '../person/person.entity.js'
import { PersonState } from '../person/personState.js'
import { TeamSupervisor } from './teamSupervisor.entity.js'

/** The active agents whose own team this is, as far as the viewer may see them, by name; batched. */
export async function agentsOf(ctx: HubContext, teamId: string): Promise<Agent[]> {
  const loader = ctx.loader<string, Agent[]>(agentsOf, async ids => {
    const members = await peopleIn(ctx, Role.AGENT, sql`${column(ctx.em, Person, 'teamId')}`, ids)
    return ids.map(id => members.filter(member => member.teamId === id))
  })
  return (await loader.load(teamId)) ?? []
}

/** Those who supervise this very team: supervisors whose own team it is, and those it was given to; by name, batched. */
export async function supervisorsOf(ctx: HubContext, teamId: string): Promise<Agent[]> {
  const loader = ctx.loader<string, Agent[]>(supervisorsOf, async ids => {
    const given = await ctx.kernel.systemEm().find(TeamSupervisor, { teamId: { $in: [...ids] } })
    const own = await peopleIn(ctx, Role.SUPERVISOR, sql`${column(ctx.em, Person, 'teamId')}`, ids)
    const besides = await peopleIn(
      ctx,
      Role.SUPERVISOR,
      sql`${column(ctx.em, Person, 'id')}`,
      given.map(({ personId }) => personId),
    )
    const supervises = (id: string, person: Agent) =>
      person.teamId === id || given.some(one => one.teamId === id && one.personId === person.id)
    const all = [...new Map([...own, ...besides].map(person => [person.id, person])).values()]
    return ids.map(id => all.filter(person => supervises(id, person)).sort(byName))
  })
  return (await loader.load(teamId)) ?? []
}

const peopleIn = (
  ctx: HubContext,
  role: Role,
  property: ReturnType<typeof sql>,
  ids: readonly string[],
): Promise<Agent[]> =>
  agentRows(ctx, ['name', 'team'])
    .where(sql<SqlBool>`${property} = any(${idList(ctx.em, Person, 'id', ids)})`)
    .where(sql<SqlBool>`${column(ctx.em, Person, 'role')} = ${role}`)
    .where(sql<SqlBool>`${column(ctx.em, Person, 'state')} = ${PersonState.ACTIVE}`)
    .orderBy(column(ctx.em, Person, 'name'))
    .orderBy(column(ctx.em, Person, 'id'))
    .execute()

const byName = (a: Agent, b: Agent): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)
