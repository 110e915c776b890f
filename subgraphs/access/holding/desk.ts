import type { EntityManager } from '@mikro-orm/postgresql'
import type { Desk } from '../../../kernel/ports/index.js'
import { Person } from '../person/person.entity.js'
import { Holding, type HoldingKind } from './holding.entity.js'
import { inForce } from './inForce.js'

/** The phone system asks, not a person: every row counts, and none is left behind in the caller's entity manager. */
const UNSEEN = { filters: false, disableIdentityMap: true } as const

export const desk: Desk = {
  async agentsAt(em: EntityManager, extensions: readonly string[], at: Date) {
    if (extensions.length === 0) return new Map()
    const holdings = await em.find(Holding, inForce('EXTENSION', at, { name: extensions }), UNSEEN)
    const teams = await teamsOf(em, holdings)
    return new Map(holdings.map(({ name, holderId }) => [name, { id: holderId, teamId: teams.get(holderId) ?? null }]))
  },

  async teamOfQueue(em: EntityManager, queue: string, at: Date) {
    const holding = await em.findOne(Holding, inForce('QUEUE', at, { name: [queue] }), UNSEEN)
    return holding?.holderId ?? null
  },

  async periods(em: EntityManager, { extensions, queues }) {
    const named = (kind: HoldingKind, names: readonly string[]) =>
      names.length > 0 ? em.find(Holding, { kind, name: { $in: [...names] } }, UNSEEN) : []
    const held = await named('EXTENSION', extensions)
    const teams = await teamsOf(em, held)
    return {
      extensions: held.map(one => ({ ...one, teamId: teams.get(one.holderId) ?? null })),
      queues: (await named('QUEUE', queues)).map(one => ({ ...one, teamId: one.holderId })),
    }
  },
}

async function teamsOf(em: EntityManager, holdings: readonly Holding[]): Promise<Map<string, string | null>> {
  const ids = [...new Set(holdings.map(({ holderId }) => holderId))]
  const people = ids.length > 0 ? await em.find(Person, { id: { $in: ids } }, UNSEEN) : []
  return new Map(people.map(({ id, teamId }) => [id, teamId]))
}
