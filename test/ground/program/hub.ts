/** The part of a hub that these tests need: starts PostgreSQL on the folder given, says how to reach it, and stays until SIGTERM. */
import { systemClock } from '../../../kernel/clock.js'
import { createLog } from '../../../kernel/log/index.js'
import { startPostgres } from '../../../kernel/postgres/index.js'

const [dataDir = '.data', biPort] = process.argv.slice(2)
const log = createLog({ level: process.env.LOG_LEVEL === 'debug' ? 'debug' : 'warn', clock: systemClock })
const stay = setInterval(() => {}, 1 << 30)

try {
  const postgres = await startPostgres({ dataDir, log, durable: false, biPort: biPort ? Number(biPort) : null })
  process.once('SIGTERM', async () => {
    await postgres.stop()
    clearInterval(stay)
  })
  process.stdout.write(`${JSON.stringify(postgres)}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
  clearInterval(stay)
}
