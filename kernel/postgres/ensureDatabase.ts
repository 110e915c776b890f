import pg from 'pg'
import { appRole, ownerRole } from './urls.js'
import { withClient } from './withClient.js'

/**
 * Makes the hub's database if it is missing: `hub_owner` owns it, `hub_app` may connect and make nothing, everybody else stays out.
 * A template is copied whole, as files, which is
 * twice as quick as through the log; only who may connect is not in it.
 */
export async function ensureDatabase(superUrl: string, database: string, template?: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await withClient(superUrl, async client => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0)
      await client.query(
        `create database ${name} owner ${ownerRole}${template ? ` strategy file_copy template ${pg.escapeIdentifier(template)}` : ''}`,
      )
    await client.query(`revoke all on database ${name} from public; grant connect on database ${name} to ${appRole}`)
  })
}
