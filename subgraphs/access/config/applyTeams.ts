import type { Change } from '../../../kernel/changes/index.js'
import type { TeamConfig } from '../../../kernel/config/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { refuseCircles } from '../team/refuseCircles.js'
import { Team } from '../team/team.entity.js'
import { TeamSupervisor } from '../team/teamSupervisor.entity.js'

export async function applyTeams(kernel: Kernel, change: Change, teams: readonly TeamConfig[]): Promise<void> {
  const { em } = change
  const ids = teams.map(({ id }) => id)
  const known = new Map((await em.find(Team, { id: { $in: ids } })).map(team => [team.id, team]))
  const supervisors = await em.find(TeamSupervisor, { teamId: { $in: ids } })
  for (const { id, name, parentId, supervisorIds } of teams) {
    const team = known.get(id)
    if (team) em.assign(team, { name, parentId })
    else em.create(Team, { id, name, parentId })
    for (const personId of supervisorIds) {
      if (supervisors.some(one => one.teamId === id && one.personId === personId)) continue
      em.create(TeamSupervisor, { id: newId(kernel.clock), teamId: id, personId })
    }
  }
  await em.flush()
  await refuseCircles(change)
}
