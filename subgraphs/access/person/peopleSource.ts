import type { EntityManager } from '@mikro-orm/postgresql'
import { Role } from '../../../kernel/ability/index.js'
import type { PeopleSource } from '../../../kernel/ports/index.js'
import { supervisedTeams } from '../team/subtree.js'
import { Identity } from './identity.entity.js'
import { Person } from './person.entity.js'
import { PersonState } from './personState.js'

/** Asked before anybody's rights are known, so it sees every row, and leaves none behind in the caller's entity manager. */
const UNSEEN = { filters: false, disableIdentityMap: true } as const

export const peopleSource: PeopleSource = {
  async personById(em: EntityManager, id: string) {
    const person = await em.findOne(Person, { id, state: PersonState.ACTIVE }, UNSEEN)
    if (!person) return null
    return {
      id: person.id,
      name: person.name,
      role: person.role,
      teamId: person.teamId,
      supervisedTeamIds: person.role === Role.SUPERVISOR ? await supervisedTeams(em, id) : [],
    }
  },

  async teamsOf(em: EntityManager, ids: readonly string[]) {
    const people = ids.length > 0 ? await em.find(Person, { id: { $in: [...ids] } }, UNSEEN) : []
    return new Map(people.map(({ id, teamId }) => [id, teamId]))
  },

  async personByIdentity(em: EntityManager, issuer: string, subject: string) {
    const identity = await em.findOne(Identity, { issuer, subject }, UNSEEN)
    return identity?.personId ?? null
  },

  async named(em: EntityManager, idsOrNames: readonly string[]) {
    if (idsOrNames.length === 0) return []
    const wanted = { $or: [{ id: { $in: [...idsOrNames] } }, { name: { $in: [...idsOrNames] } }] }
    const people = await em.find(Person, wanted, UNSEEN)
    return people.map(({ id, name, role, teamId, state }) => ({
      id,
      name,
      role,
      teamId,
      active: state === PersonState.ACTIVE,
    }))
  },
}
