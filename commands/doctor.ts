import 'reflect-metadata'
import { createServer } from 'node:net'
import { connectors } from '../hub/connectors.js'
import { connectSystems } from '../hub/connectSystems.js'
import { openDatabase } from '../hub/openDatabase.js'
import { pendingMigrations } from '../hub/pendingMigrations.js'
import { systemClock } from '../kernel/clock.js'
import type { Config } from '../kernel/config/index.js'
import { KeyRing } from '../kernel/encryption/index.js'
import type { Env } from '../kernel/env/index.js'
import { messageOf } from '../kernel/errors.js'
import { createLog } from '../kernel/log/index.js'
import { readSettings } from './readSettings.js'

let wrong = 0

async function look<T>(
  what: string,
  check: () => Promise<T> | T,
  say: (found: T) => string = () => '',
): Promise<T | null> {
  try {
    const found = await check()
    console.log(`OK     ${what}${say(found) ? `: ${say(found)}` : ''}`)
    return found
  } catch (error) {
    wrong++
    console.log(`WRONG  ${what}: ${messageOf(error).replaceAll('\n', '\n       ')}`)
    return null
  }
}

/** Says of each part whether it is in order, and what to do where it is not. Exit code 1 where anything is wrong. */
async function main(): Promise<void> {
  const settings = await look('settings and configuration', readSettings)
  if (settings) await examine(settings.env, settings.config)
  console.log(wrong === 0 ? '\nEverything is in order.' : `\n${wrong} to mend.`)
  process.exit(wrong === 0 ? 0 : 1)
}

async function examine(env: Env, config: Config): Promise<void> {
  await look(
    'keys',
    () => KeyRing.parse(env.keys),
    ring => `"${ring.active.id}" is active`,
  )
  await look(
    'systems',
    () => connectSystems(config, connectors, env),
    systems => [...systems.keys()].join(', ') || 'none yet',
  )
  const log = createLog({ level: 'error', clock: systemClock })
  const database = await look(
    'database',
    () => openDatabase(env, log, { share: true }),
    open => (open.embedded ? 'embedded PostgreSQL' : 'your server'),
  )
  if (!database) return
  try {
    await look('tables', async () => {
      const pending = await pendingMigrations(database)
      if (pending.length > 0)
        throw new Error(`${pending.length} migrations are to be applied: start the hub, or run "npm run migrate".`)
    })
  } finally {
    await database.stop()
  }
  if (env.run.has('gateway')) await look(`port ${env.port}`, () => portState(env))
}

/** A hub that runs there already is fine; anything else on the port is not. */
async function portState({ host, port, tlsCert }: Env): Promise<void> {
  const free = await new Promise<boolean>(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
  if (free) return
  const answer = await fetch(`${tlsCert ? 'https' : 'http'}://${host}:${port}/health/live`).catch(() => null)
  if (!answer?.ok) throw new Error(`something else listens on ${host}:${port}: stop it, or set PORT to another one.`)
}

await main()
