import type { EntityManager } from '@mikro-orm/postgresql'
import type { Desk } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'
import { peopleSource } from '../person/peopleSource.js'
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

  async extensionsOf(em: EntityManager, personIds: readonly string[], at: Date) {
    const where = inForce('EXTENSION', at, { holderId: personIds })
    const held = await em.find(Holding, where, { ...UNSEEN, orderBy: { name: 'asc' } })
    const extensions = new Map<string, string[]>()
    for (const { holderId, name } of held) remember(extensions, holderId, () => []).push(name)
    return extensions
  },
}

const teamsOf = (em: EntityManager, holdings: readonly Holding[]) =>
  peopleSource.teamsOf(em, [...new Set(holdings.map(({ holderId }) => holderId))])
