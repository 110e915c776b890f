import type { EntityManager } from '@mikro-orm/postgresql'
import { type Ability, type Actor, abilityOf, type RuleSet } from '../ability/index.js'
import type { Clock } from '../clock.js'
import { ACCESS_TOPIC, type Feed } from '../feed/index.js'
import type { GrantSource } from '../ports/grants.js'
import type { PeopleSource } from '../ports/people.js'

export interface ActorsSettings {
  people: PeopleSource
  grants: GrantSource
  ruleSets: readonly RuleSet[]
  feed: Feed
  clock: Clock
  systemEm(): EntityManager
}

interface Known {
  actor: Actor
  ability: Ability
  /** The person's own `Actor` holds until this moment: a grant ends then. */
  until: number
}

/** News of access older than this is no news: abilities are loaded afresh for every request until the feed can be read again. */
const STALE_MS = 5000

/**
 * Who may do what, kept per person until access changes. Every change of people, teams and grants stands in the feed: this process forgets
 * what it knew as soon as it reads of one, whichever process made it.
 */
export class Actors {
  readonly #known = new Map<string, Promise<Known | null>>()
  /** Person ids by issuer and subject of their tokens. */
  readonly #identities = new Map<string, string>()
  #epoch = 0

  constructor(private readonly settings: ActorsSettings) {}

  async start(): Promise<void> {
    this.#epoch = await this.settings.feed.listen(ACCESS_TOPIC, event => {
      this.#epoch = event.seq
      this.#forget(event.data.personIds)
    })
  }

  /** Waits until this process knows of access changes up to `epoch`. */
  async upTo(epoch: number | null): Promise<void> {
    if (epoch !== null && epoch > this.#epoch) await this.settings.feed.catchUp(ACCESS_TOPIC)
  }

  /** The active person that a token's issuer and subject stand for; null when there is none. */
  async personOf(issuer: string, subject: string): Promise<string | null> {
    const key = JSON.stringify([issuer, subject])
    const known = this.#fresh ? this.#identities.get(key) : undefined
    const { people, systemEm } = this.settings
    const id = known ?? (await people.personByIdentity(systemEm(), issuer, subject))
    if (id === null || !(await this.abilityOf(id))) return null
    this.#identities.set(key, id)
    return id
  }

  /** null: no such person, or not active. */
  async abilityOf(personId: string): Promise<{ actor: Actor; ability: Ability } | null> {
    const known = this.#fresh ? await this.#known.get(personId) : undefined
    if (known && known.until > this.settings.clock.now().getTime()) return known
    const loading = this.#load(personId)
    this.#known.set(personId, loading)
    loading.catch(() => this.#known.delete(personId))
    return loading
  }

  get #fresh(): boolean {
    return performance.now() - this.settings.feed.lastReadMs(ACCESS_TOPIC) < STALE_MS
  }

  /** `personIds` as an event names them; without them everybody may be concerned. */
  #forget(personIds: unknown): void {
    if (!Array.isArray(personIds)) {
      this.#known.clear()
      this.#identities.clear()
      return
    }
    for (const id of personIds.map(String)) this.#known.delete(id)
    for (const [key, id] of this.#identities) if (personIds.includes(id)) this.#identities.delete(key)
  }

  async #load(personId: string): Promise<Known | null> {
    const { people, grants, ruleSets, clock, systemEm } = this.settings
    const em = systemEm()
    const now = clock.now()
    const person = await people.personById(em, personId)
    if (!person) return null
    const active = await grants.grantsOf(em, personId, now)
    const actor: Actor = { ...person, grants: active }
    const until = Math.min(Number.POSITIVE_INFINITY, ...active.map(grant => grant.endsAt.getTime()))
    return { actor, ability: abilityOf(actor, ruleSets), until }
  }
}
