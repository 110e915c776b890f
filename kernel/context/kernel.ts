import type { EntityManager } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Change, ChangeSink } from '../changes/index.js'
import { transact } from '../changes/index.js'
import type { Clock } from '../clock.js'
import type { DataKeys, KeyRing } from '../encryption/index.js'
import { ACCESS_TOPIC, type Feed } from '../feed/index.js'
import type { Log } from '../log/index.js'
import { hubTables, type Orm, systemViewer, viewAs } from '../orm/index.js'
import { type AttributionProvider, offlineAttribution } from '../phone/index.js'
import type { Ports } from '../ports/index.js'
import type { Actors } from './actors.js'

export interface KernelParts {
  orm: Orm
  clock: Clock
  log: Log
  keys: KeyRing
  dataKeys: DataKeys
  feed: Feed
  actors: Actors
  ports: Ports
  sinks: readonly ChangeSink[]
  /** Where numbers are from; the table that comes with the hub by default. */
  attribution?: AttributionProvider
  /** IANA zone in which the company's days begin. */
  zone: string
  /** Tells other processes which topics have news; this process's own feed is woken besides. */
  publish?(topics: readonly string[]): void
}

/** What every subgraph stands on, for one process. Made once, in hub.ts. */
export class Kernel {
  readonly orm: Orm
  readonly clock: Clock
  readonly log: Log
  readonly keys: KeyRing
  readonly dataKeys: DataKeys
  readonly feed: Feed
  readonly actors: Actors
  readonly ports: Ports
  readonly attribution: AttributionProvider
  readonly zone: string
  readonly #parts: KernelParts

  constructor(parts: KernelParts) {
    this.#parts = parts
    this.orm = parts.orm
    this.clock = parts.clock
    this.log = parts.log
    this.keys = parts.keys
    this.dataKeys = parts.dataKeys
    this.feed = parts.feed
    this.actors = parts.actors
    this.ports = parts.ports
    this.attribution = parts.attribution ?? offlineAttribution
    this.zone = parts.zone
  }

  /** An entity manager for the hub's own work, which sees every row. */
  systemEm(systemId: string | null = null): EntityManager {
    return viewAs(this.orm.em.fork(), systemViewer(systemId))
  }

  /** Holds locks of these names until the transaction ends, in every process; taken in one order, so that nobody waits in a circle. */
  async lock(em: EntityManager, ...names: string[]): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(name, 0))
      from (select name from unnest(${names}::text[]) as wanted(name) order by name) as sorted`.execute(hubTables(em))
  }

  /**
   * Holds locks of these names together with others who do, until the transaction ends; whoever wants one of them alone (`lock`) waits for them, and they
   * for them. Taken in one order, so that nobody waits in a circle.
   */
  async lockShared(em: EntityManager, ...names: string[]): Promise<void> {
    await sql`select pg_advisory_xact_lock_shared(hashtextextended(name, 0))
      from (select name from unnest(${names}::text[]) as wanted(name) order by name) as sorted`.execute(hubTables(em))
  }

  /**
   * The one way to change rows: see `transact`. Where it changed who may do what, it resolves once this process knows of that, so that whoever was
   * answered finds it in force.
   */
  async transact<T>(em: EntityManager, work: (change: Change) => Promise<T>): Promise<T> {
    let news: readonly string[] = []
    const wake = (topics: readonly string[]) => {
      news = topics
      this.feed.wake(topics)
      this.#parts.publish?.(topics)
    }
    const result = await transact(em, { clock: this.clock, sinks: this.#parts.sinks, wake }, work)
    if (news.includes(ACCESS_TOPIC)) await this.feed.catchUp(ACCESS_TOPIC)
    return result
  }
}
