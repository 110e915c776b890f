import type { EntityManager } from '@mikro-orm/postgresql'
import type { Actor, Role } from '../ability/index.js'
import type { Change } from '../changes/index.js'

/** Who a person is. Kept by the access subgraph. */
export interface PeopleSource {
  /** The person with role, team and subtree, without grants; null when unknown or not active. */
  personById(em: EntityManager, id: string): Promise<Omit<Actor, 'grants'> | null>
  /** The team of each of these people; who is unknown is not in it. */
  teamsOf(em: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>
  personByIdentity(em: EntityManager, issuer: string, subject: string): Promise<string | null>
  /** Everybody with one of these ids or names, those who have left too. */
  named(em: EntityManager, idsOrNames: readonly string[]): Promise<NamedPerson[]>
}

export interface NamedPerson {
  id: string
  name: string
  role: Role
  teamId: string | null
  active: boolean
}

/** That an extension (or queue) was a person's (or team's). */
export interface DeskPeriod {
  name: string
  holderId: string
  /** The holder's team; of a queue the holder itself. */
  teamId: string | null
  startsAt: Date
  /** null: until further notice. The end itself is no part of it. */
  endsAt: Date | null
}

/** Who held an extension, and which team a queue belonged to, at a time: a call is credited for ever to who held it then. */
export interface Desk {
  agentsAt(
    em: EntityManager,
    extensions: readonly string[],
    at: Date,
  ): Promise<Map<string, { id: string; teamId: string | null }>>
  teamOfQueue(em: EntityManager, queue: string, at: Date): Promise<string | null>
  /** All periods of these extensions and queues, for whoever asks about many times at once. */
  periods(
    em: EntityManager,
    of: { extensions: readonly string[]; queues: readonly string[] },
  ): Promise<{ extensions: DeskPeriod[]; queues: DeskPeriod[] }>
  /** The extensions that each of these people had at that time, sorted. Who had none is not in it. */
  extensionsOf(em: EntityManager, personIds: readonly string[], at: Date): Promise<Map<string, string[]>>
}

/** Told of people who get another team, in the transaction that moves them: rows they own carry their team, which rules read. Kept by crm. */
export interface OwnerFollower {
  teamChanged(change: Change, ownerId: string, teamId: string | null): Promise<void>
}
