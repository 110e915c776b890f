import { Role } from '../../../kernel/ability/index.js'
import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, conflict, forbidden } from '../../../kernel/errors.js'
import { ACCESS_TOPIC } from '../../../kernel/feed/index.js'
import { newId } from '../../../kernel/id.js'
import { checkId, checkName } from '../input/check.js'
import { Person } from '../person/person.entity.js'
import { refuseCircles, standsBelowItself } from './refuseCircles.js'
import { Team } from './team.entity.js'
import type { TeamInput } from './teamInput.js'
import { TeamSupervisor } from './teamSupervisor.entity.js'

/** Makes or changes a team. Whoever supervises it or a team above may see other rows from now on: everybody's rights are read afresh. */
export async function saveTeam(ctx: HubContext, input: TeamInput): Promise<void> {
  if (!ctx.mayAtAll('create', Team)) throw forbidden()
  const name = checkName('input.name', input.name)
  await ctx.change(async change => {
    const { em } = change
    const parentId = input.parentId ?? null
    if (parentId === input.id) throw standsBelowItself()
    if (parentId !== null && !(await em.findOne(Team, { id: parentId })))
      throw badInput('input.parentId', 'There is no such team.')
    if (input.version != null) {
      const fields = ['name', 'parent', 'supervisors']
      const team = await ctx.open(Team, input.id, 'update', { fields, version: input.version, em })
      em.assign(team, { name, parentId })
    } else {
      if (await em.findOne(Team, { id: input.id })) throw conflict('team')
      em.create(Team, { id: checkId('input.id', input.id), name, parentId })
    }
    await em.flush()
    await refuseCircles(change)
    if (input.supervisorIds) await giveTeam(ctx, change, input.id, input.supervisorIds)
    change.record({ kind: 'PERMISSION', action: 'Team.saved', subjectType: 'Team', subjectId: input.id })
    change.emit(ACCESS_TOPIC, {})
  })
}

async function giveTeam(ctx: HubContext, { em }: Change, teamId: string, personIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(personIds)]
  const people = await em.find(Person, { id: { $in: wanted }, role: Role.SUPERVISOR })
  if (people.length < wanted.length) throw badInput('input.supervisorIds', 'Name people whose role is SUPERVISOR.')
  // Rows that are no part of the graph have no rules; the administrator's right to the team covers them.
  const known = await em.find(TeamSupervisor, { teamId }, { filters: false })
  for (const one of known) if (!wanted.includes(one.personId)) em.remove(one)
  for (const personId of wanted) {
    if (!known.some(one => one.personId === personId))
      em.create(TeamSupervisor, { id: newId(ctx.kernel.clock), teamId, personId })
  }
}
