import { createHash } from 'node:crypto'
import pg from 'pg'
import { checkPostgres } from '../../kernel/postgres/index.js'
import { appRole, ownerRole } from '../../kernel/postgres/urls.js'
import { withClient } from '../../kernel/postgres/withClient.js'
import { databasePrefix } from './databasePrefix.js'
import type { TestServer } from './postgresDoor.js'

/** A server that stands already, by its superuser's URL. Afterwards the databases of this run are gone; the two roles stay. */
export async function externalServer(superUrl: string): Promise<TestServer & { stop(): Promise<void> }> {
  await checkPostgres(superUrl, 'TEST_DATABASE_URL')
  const urlOf = async (role: string) => {
    // The same for every run on this server, so that runs beside each other do not lock each other out.
    const password = createHash('sha256').update(`${role} ${superUrl}`).digest('hex')
    await withClient(superUrl, async client => {
      await client.query('select pg_advisory_lock(hashtext($1))', [role])
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
      await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${role} login password '${password}'`)
    })
    return Object.assign(new URL(superUrl), { username: role, password }).href
  }
  return {
    superUrl,
    ownerUrl: await urlOf(ownerRole),
    appUrl: await urlOf(appRole),
    stop: () => dropDatabases(superUrl, databasePrefix(process.pid)),
  }
}

const dropDatabases = (superUrl: string, prefix: string): Promise<void> =>
  withClient(superUrl, async client => {
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    for (const { name } of rows) await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
  })
