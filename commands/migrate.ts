import 'reflect-metadata'
import { openDatabase, updateDatabase } from '../hub/openDatabase.js'
import { systemClock } from '../kernel/clock.js'
import { messageOf } from '../kernel/errors.js'
import { createLog } from '../kernel/log/index.js'
import { readSettings } from './readSettings.js'

/** Brings the database up to date, also beside a running hub. */
async function main(): Promise<void> {
  const { env } = await readSettings()
  const log = createLog({ level: 'warn', clock: systemClock })
  const database = await openDatabase(env, log, { share: true })
  try {
    if (!database.ownerUrl) throw new Error('Set DATABASE_OWNER_URL: migrations need the role that owns the database.')
    const applied = await updateDatabase(database)
    console.log(
      applied.length === 0 ? 'The database is up to date.' : `Applied:\n${applied.map(name => `  ${name}`).join('\n')}`,
    )
  } finally {
    await database.stop()
  }
}

main().catch(error => {
  console.error(messageOf(error))
  process.exit(1)
})
