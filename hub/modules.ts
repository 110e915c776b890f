import { kernelMigrations, type MigrationClass } from '../kernel/orm/index.js'
import type { SubgraphModule } from '../kernel/subgraph/module.js'
import { access } from '../subgraphs/access/index.js'
import { call } from '../subgraphs/call/index.js'
import { crm } from '../subgraphs/crm/index.js'
import { sync } from '../subgraphs/sync/index.js'

export const modules: readonly SubgraphModule[] = [crm, call, sync, access]

export const migrations: MigrationClass[] = [...kernelMigrations, ...modules.flatMap(module => module.migrations)]

/** Schemas of the database, which the application's role may use. */
export const schemas = ['hub', 'jobs', ...modules.map(({ name }) => name)]
