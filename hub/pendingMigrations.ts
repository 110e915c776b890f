import { withClient } from '../kernel/postgres/index.js'
import { migrations } from './modules.js'
import type { OpenDatabase } from './openDatabase.js'

/** Names of migrations that the database has not had yet. */
export async function pendingMigrations({
  ownerUrl,
  appUrl,
}: Pick<OpenDatabase, 'ownerUrl' | 'appUrl'>): Promise<string[]> {
  return withClient(ownerUrl ?? appUrl, async client => {
    const { rows } = await client.query<{ known: string | null }>(`select to_regclass('hub_migration')::text as known`)
    if (!rows[0]?.known) return migrations.map(({ name }) => name)
    const applied = await client.query<{ name: string }>('select name from hub_migration')
    return migrations.map(({ name }) => name).filter(name => !applied.rows.some(row => row.name === name))
  })
}
