import type { Env } from '../kernel/env/index.js'
import { prepareJobs } from '../kernel/jobs/index.js'
import type { Log } from '../kernel/log/index.js'
import { migrate } from '../kernel/orm/index.js'
import { checkPostgres, startPostgres, withClient } from '../kernel/postgres/index.js'
import { migrations, schemas } from './modules.js'

export interface OpenDatabase {
  appUrl: string
  ownerUrl: string | null
  /** Whether the hub started the server itself. */
  embedded: boolean
  stop(): Promise<void>
}

/** The database of the settings, or else the embedded one; `share` for commands beside a running hub. */
export async function openDatabase(env: Env, log: Log, { share = false } = {}): Promise<OpenDatabase> {
  if (env.databaseUrl) {
    await checkPostgres(env.databaseUrl)
    return { appUrl: env.databaseUrl, ownerUrl: env.databaseOwnerUrl, embedded: false, stop: async () => undefined }
  }
  const { appUrl, ownerUrl, stop } = await startPostgres({
    dataDir: env.dataDir,
    database: env.databaseName,
    biPort: env.biPort,
    share,
    log,
  })
  return { appUrl, ownerUrl, embedded: true, stop }
}

/** Tells the planner what is in the tables after a bulk load; it would find out by itself, but minutes later. */
export async function analyzeDatabase({ ownerUrl }: { ownerUrl?: string | null }): Promise<void> {
  if (ownerUrl) await withClient(ownerUrl, client => client.query('analyze'))
}

/** Brings the database up to date. Returns the names of the migrations that were applied. */
export async function updateDatabase({
  appUrl,
  ownerUrl,
}: {
  appUrl: string
  ownerUrl: string | null
}): Promise<string[]> {
  if (!ownerUrl) return []
  await prepareJobs(ownerUrl)
  return migrate(ownerUrl, migrations, schemas, decodeURIComponent(new URL(appUrl).username))
}
