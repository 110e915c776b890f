import 'reflect-metadata'
import { attributionOf } from '../hub/attributionOf.js'
import { analyzeDatabase, openDatabase } from '../hub/openDatabase.js'
import { openKernel } from '../hub/openKernel.js'
import { pendingMigrations } from '../hub/pendingMigrations.js'
import { systemClock } from '../kernel/clock.js'
import { messageOf } from '../kernel/errors.js'
import { createLog } from '../kernel/log/index.js'
import { importArguments, USAGE } from './importArguments.js'
import { importCommand, TAKEN, WITH_REJECTS } from './importCommand.js'
import { readSettings } from './readSettings.js'

/** Loads customers, calls or deals from a file, also beside a running hub. Exit code 0: all rows, 2: some were rejected, 1: failed or stopped. */
async function main(): Promise<number> {
  const args = importArguments(process.argv.slice(2))
  if (!args) {
    console.log(USAGE)
    return TAKEN
  }
  const { env, config } = await readSettings()
  const log = createLog({ level: env.logLevel === 'info' ? 'warn' : env.logLevel, clock: systemClock })
  const database = await openDatabase(env, log, { share: true })
  try {
    if ((await pendingMigrations(database)).length > 0)
      throw new Error('The database is not up to date: start the hub once, or run "npm run migrate".')
    const { appUrl } = database
    const { keys, zone } = env
    const attribution = await attributionOf(env)
    const { kernel, close } = await openKernel({ appUrl, keys, clock: systemClock, log, zone, attribution })
    try {
      const stop = new AbortController()
      process.once('SIGINT', () => {
        console.error(
          '\nStopping after the rows under way. Once more to stop without waiting; no row is lost either way.',
        )
        process.once('SIGINT', () => process.exit(1))
        stop.abort()
      })
      const screen = { isTTY: process.stderr.isTTY, stream: process.stderr, line: (text: string) => console.log(text) }
      const code = await importCommand(args, {
        kernel,
        config,
        appUrl,
        lang: env.lang,
        stdin: process.stdin,
        screen,
        signal: stop.signal,
      })
      if (!args.dry && (code === TAKEN || code === WITH_REJECTS)) await analyzeDatabase(database)
      return code
    } finally {
      await close()
    }
  } finally {
    await database.stop()
  }
}

main().then(
  code => process.exit(code),
  error => {
    console.error(messageOf(error))
    process.exit(1)
  },
)
