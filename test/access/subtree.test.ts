import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newId } from '../../kernel/id.js'
import { supervisedTeams } from '../../subgraphs/access/team/subtree.js'
import { Team } from '../../subgraphs/access/team/team.entity.js'
import { TeamSupervisor } from '../../subgraphs/access/team/teamSupervisor.entity.js'
import { startAccess } from './accessHub.js'

const { kernel, clock } = await startAccess()

interface Node {
  id: string
  parentId: string | null
}

/** Teams to which a walk upwards from them comes across one of the roots. */
function walk(teams: readonly Node[], roots: readonly string[]): string[] {
  const below = (team: Node | undefined): boolean =>
    team !== undefined && (roots.includes(team.id) || below(teams.find(({ id }) => id === team.parentId)))
  return teams.filter(below).map(({ id }) => id)
}

it('C6: a supervisor answers for their team, those given to them, and all below these, in any tree', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      // Each team's parent is one made before it, or none.
      fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 20 }),
      fc.array(fc.nat({ max: 19 }), { maxLength: 3 }),
      async (parents, picks) => {
        const prefix = `tree${run++}-`
        const teams = parents.map((pick, i) => ({
          id: prefix + i,
          parentId: pick < i ? prefix + pick : null,
        }))
        const given = [...new Set(picks.map(pick => teams[pick % teams.length]!.id))]
        await kernel.transact(kernel.systemEm(), async ({ em }) => {
          for (const { id, parentId } of teams) em.create(Team, { id, name: id, parentId })
          await em.nativeDelete(TeamSupervisor, { personId: 'supervisor-south' })
          for (const teamId of given) {
            em.create(TeamSupervisor, { id: newId(clock), teamId, personId: 'supervisor-south' })
          }
        })
        const found = await supervisedTeams(kernel.systemEm(), 'supervisor-south')
        expect(found).toEqual(['south', ...walk(teams, given)].sort())
      },
    ),
    { numRuns: 30 },
  )
})
