import type { Migration } from '@mikro-orm/migrations'
import { Migrator } from '@mikro-orm/migrations'
import { defineConfig, MikroORM } from '@mikro-orm/postgresql'
import { M20261123000000_hub } from './migrations/M20261123000000_hub.js'

export type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration

export const kernelMigrations: MigrationClass[] = [M20261123000000_hub]

/** Tables that the application's role may add to and read, and nothing else: what stands in them stays. */
const APPEND_ONLY = ['hub.audit_entry']

/**
 * Brings the database up to date as its owner, then gives the application's role what it needs and no more.
 * @returns names of the migrations that were applied now
 */
export async function migrate(
  ownerUrl: string,
  migrations: readonly MigrationClass[],
  schemas: readonly string[],
  appRole: string,
): Promise<string[]> {
  const orm = await MikroORM.init(
    defineConfig({
      clientUrl: ownerUrl,
      driverOptions: { connectionString: ownerUrl },
      entities: [],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      forceUtcTimezone: true,
      migrations: {
        tableName: 'hub_migration',
        migrationsList: [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1)),
        snapshot: false,
        silent: true,
      },
    }),
  )
  try {
    const applied = await orm.migrator.up()
    const role = `"${appRole.replaceAll('"', '""')}"`
    const grants = schemas.flatMap(schema => [
      `grant usage on schema ${schema} to ${role}`,
      `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
      `grant usage, select on all sequences in schema ${schema} to ${role}`,
    ])
    const revokes = APPEND_ONLY.map(table => `revoke update, delete, truncate on ${table} from ${role}`)
    // Commands that run with the application's role alone ask whether the database is up to date.
    const asked = `grant select on hub_migration to ${role}`
    await orm.em.getConnection().execute([...grants, ...revokes, asked].join(';\n'))
    return applied.map(({ name }) => name)
  } finally {
    await orm.close(true)
  }
}
