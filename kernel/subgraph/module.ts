import type { EntityClass } from '@mikro-orm/postgresql'
import type { RuleSet } from '../ability/index.js'
import type { HubContext } from '../context/hubContext.js'
import type { MigrationClass } from '../orm/migrate.js'

/** Loads one entity for the gateway; resolves to null where the viewer may not see it. Async always: a throw nulls only this one. */
export type ReferenceResolver = (reference: { id: string }, ctx: HubContext) => Promise<object | null>

/** What a subgraph's folder gives to the hub: everything but the wiring. */
export interface SubgraphModule {
  name: 'crm' | 'call' | 'sync' | 'access'
  entities: EntityClass<object>[]
  migrations: MigrationClass[]
  rules: RuleSet[]
  /** type-graphql resolver classes. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes classes as Function
  resolvers: Function[]
  referenceResolvers: Record<string, ReferenceResolver>
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes classes as Function
  orphanedTypes?: Function[]
}
