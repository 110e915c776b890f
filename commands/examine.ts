import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:net'
import { connectors as ownConnectors } from '../hub/connectors.js'
import { connectSystems } from '../hub/connectSystems.js'
import { sandboxPbx } from '../hub/holdSandboxPbx.js'
import { openDatabase } from '../hub/openDatabase.js'
import { pendingMigrations } from '../hub/pendingMigrations.js'
import { readTls } from '../hub/readTls.js'
import { type Clock, systemClock } from '../kernel/clock.js'
import type { Config } from '../kernel/config/index.js'
import { KeyRing } from '../kernel/encryption/index.js'
import type { Env } from '../kernel/env/index.js'
import { messageOf } from '../kernel/errors.js'
import { createLog } from '../kernel/log/index.js'
import { readAttributionFile } from '../kernel/phone/index.js'
import type { BackfillSource, Connector } from '../kernel/ports/index.js'
import { reasonOf, unlessCut } from '../subgraphs/sync/index.js'
import { readSettings } from './readSettings.js'

export interface Finding {
  what: string
  /** What was found where all is in order; may be empty. */
  found?: string
  /** What is wrong, and what to do about it. */
  wrong?: string
}

const SOON_DAYS = 21
const PATIENCE_MS = 5000

/** Looks at each part of the hub that these settings describe, and changes nothing. */
export async function* examine(
  environment: NodeJS.ProcessEnv,
  clock: Clock = systemClock,
  connectors: readonly Connector[] = ownConnectors,
): AsyncGenerator<Finding> {
  let settings: { env: Env; config: Config } | undefined
  yield await look('settings and configuration', async () => {
    settings = await readSettings(environment, connectors)
  })
  if (!settings) return
  const { env, config } = settings
  yield await look('keys', () => `"${KeyRing.parse(env.keys).active.id}" is active`)
  if (env.tlsCert) yield await look('certificate', () => certificateOf(env, clock))
  if (env.attributionPath !== null)
    yield await look('table of prefixes', async () => void (await readAttributionFile(env.attributionPath!)))
  for (const [id, { connector, settings: system }] of connectSystems(config, connectors, env)) {
    // It comes and goes with the hub, which need not run while one looks.
    if (id === sandboxPbx && env.run.has('sandbox')) {
      yield { what: `system "${id}"`, found: 'the sandbox, which the hub starts itself' }
      continue
    }
    yield await look(`system "${id}"`, () => connector.probe?.(system) ?? 'it calls the hub')
    // What cannot have any is not missing it.
    if (connector.backfill) yield await look(`records of "${id}"`, () => recordsOf(connector.backfill!(system), clock))
  }
  yield* databaseOf(env)
  if (env.run.has('gateway')) yield await look(`port ${env.port}`, () => portState(env))
}

async function look(what: string, check: () => unknown): Promise<Finding> {
  try {
    const found = await check()
    return { what, found: typeof found === 'string' ? found : '' }
  } catch (error) {
    return { what, wrong: messageOf(error) }
  }
}

/** A source is tried by reading the last second of it; a large one need not come to its end. */
async function recordsOf(source: BackfillSource | null, clock: Clock): Promise<string> {
  if (!source) return 'none are named: gaps in its events stay (see docs/gaps.md)'
  const to = clock.now()
  const patience = AbortSignal.timeout(PATIENCE_MS)
  const sink = { store: async () => undefined, progress: () => undefined }
  try {
    await unlessCut(source.read({ from: new Date(to.getTime() - 1000), to }, sink, patience), patience)
  } catch (error) {
    if (!patience.aborted) throw new Error(`${source.about} could not be read. ${reasonOf(error)}`)
  }
  return source.about
}

async function certificateOf(env: Env, clock: Clock): Promise<string> {
  const { cert } = (await readTls(env))!
  const until = new X509Certificate(cert).validToDate
  const days = Math.floor((until.getTime() - clock.now().getTime()) / 86_400_000)
  const day = until.toISOString().slice(0, 10)
  if (days < 0)
    throw new Error(`TLS_CERT ran out on ${day}: browsers and programs refuse it. Renew it and start the hub anew.`)
  if (days < SOON_DAYS) throw new Error(`TLS_CERT runs out on ${day}: renew it and start the hub anew.`)
  return `good until ${day}`
}

async function* databaseOf(env: Env): AsyncGenerator<Finding> {
  const log = createLog({ level: 'error', clock: systemClock })
  let database: Awaited<ReturnType<typeof openDatabase>> | undefined
  yield await look('database', async () => {
    database = await openDatabase(env, log, { share: true })
    return database.embedded ? 'embedded PostgreSQL' : 'your server'
  })
  if (!database) return
  const open = database
  try {
    yield await look('tables', async () => {
      const pending = await pendingMigrations(open)
      if (pending.length > 0)
        throw new Error(`${pending.length} migrations are to be applied: start the hub, or run "npm run migrate".`)
    })
  } finally {
    await open.stop()
  }
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
