import { attributionOf } from '../hub/attributionOf.js'
import { connectors as ownConnectors } from '../hub/connectors.js'
import { connectSystems } from '../hub/connectSystems.js'
import { openKernel } from '../hub/openKernel.js'
import { pendingMigrations } from '../hub/pendingMigrations.js'
import type { Clock } from '../kernel/clock.js'
import type { Config } from '../kernel/config/index.js'
import type { Kernel } from '../kernel/context/index.js'
import type { Env } from '../kernel/env/index.js'
import type { Log } from '../kernel/log/index.js'
import type { BackfillSource, Connector, Span } from '../kernel/ports/index.js'
import { applyFacts, applyPresence } from '../subgraphs/call/index.js'
import {
  type ApplyFacts,
  type ConnectedSystem,
  type ConnectedSystems,
  type Covered,
  closeCovered,
  gapsBegin,
  Inbox,
  InboxWorker,
  type Read,
  type RunProgress,
  readRecords,
  startBackfill,
  waitingMessages,
} from '../subgraphs/sync/index.js'
import { readMoment } from './readMoment.js'

export interface BackfillOrder {
  system: string
  /** As they were written. */
  from?: string
  to?: string
  /** A folder or file to read in place of what the settings name. */
  source?: string
}

export interface BackfillParts {
  env: Env
  config: Config
  clock: Clock
  log: Log
  /** Opens the database, once what was ordered can be done. */
  database(): Promise<{ appUrl: string; ownerUrl: string | null }>
  /** Cuts it short. */
  signal: AbortSignal
  /** Beside those that the hub brings. For tests. */
  connectors?: readonly Connector[]
  came?(progress: Required<Omit<RunProgress, 'mark'>>): void
}

export interface BackfillDone extends Read {
  about: string
  span: Span
  covered: Covered
}

/** How soon it is looked again whether everything is applied, and how often; milliseconds. A busy system is never done. */
const LOOK_MS = 100
const LOOKS = 600

/** Reads the records of a system's past, also beside a running hub, and resolves once they are applied. Throws with what to do instead. */
export async function backfillSystem(order: BackfillOrder, parts: BackfillParts): Promise<BackfillDone> {
  const { env, config, clock, log, signal, came } = parts
  const systems = connectSystems(config, [...ownConnectors, ...(parts.connectors ?? [])], env)
  const { system, source } = chosen(systems, order)
  const database = await parts.database()
  if ((await pendingMigrations(database)).length > 0)
    throw new Error('The database is not up to date: start the hub once, or run "npm run migrate".')
  const attribution = await attributionOf(env)
  const { appUrl } = database
  const { kernel, close } = await openKernel({ appUrl, keys: env.keys, clock, log, zone: env.zone, attribution })
  const { id } = system.settings
  // A running hub applies what is stored, too; whoever comes first does.
  const apply: ApplyFacts = (change, systemId, facts) => applyFacts(kernel, change, systemId, facts)
  const worker = new InboxWorker(kernel, new Map([[id, system]]), apply, applyPresence)
  const inbox = new Inbox(kernel, ids => worker.wake(ids))
  try {
    const span = await spanOf(kernel, system, order)
    worker.start()
    const began = clock.now()
    const run = await startBackfill(kernel, id, span)
    const read = await readRecords({ kernel, inbox, systemId: id, source, span, run, signal, came })
    for (let i = 0; i < LOOKS && !signal.aborted && (await waitingMessages(kernel, id)) > 0; i++) {
      worker.wake([id])
      await new Promise(resolve => setTimeout(resolve, LOOK_MS))
    }
    // Nobody knows of which time a file is that somebody brought, unless they say so.
    const closes = read.state === 'DONE' && (order.source === undefined || order.from !== undefined)
    const covered = closes ? await closeCovered(kernel, id, span, began) : { closed: 0, early: 0 }
    return { ...read, about: source.about, span, covered }
  } finally {
    await worker.stop()
    await close()
  }
}

function chosen(
  systems: ConnectedSystems,
  { system: id, source: path }: BackfillOrder,
): { system: ConnectedSystem; source: BackfillSource } {
  const known = systems.get(id)
  if (!known) throw new Error(`There is no system "${id}". There are: ${[...systems.keys()].join(', ')}.`)
  const system = path === undefined ? known : readingFrom(known, path)
  const source = system.connector.backfill?.(system.settings)
  if (!source)
    throw new Error(
      `System "${id}" has no records to read: name them under "backfill" in its settings, or with --source.`,
    )
  return { system, source }
}

function readingFrom({ connector, settings }: ConnectedSystem, path: string): ConnectedSystem {
  if (!connector.sourceAt) throw new Error(`The records of "${connector.name}" are no files: leave --source out.`)
  const own = { ...settings, settings: { ...settings.settings, backfill: connector.sourceAt(path) } }
  connector.check(own)
  return { connector, settings: own }
}

async function spanOf(
  kernel: Kernel,
  { settings }: ConnectedSystem,
  { from, to, source }: BackfillOrder,
): Promise<Span> {
  const moment = (name: string, text: string) => {
    const read = readMoment(text, settings.timeZone)
    if (!read)
      throw new Error(
        `--${name} "${text}" is no time. Write it like 2026-11-01T08:30 (by the clocks of ${settings.timeZone}).`,
      )
    return read
  }
  const until = to === undefined ? kernel.clock.now() : moment('to', to)
  if (from !== undefined) return inOrder({ from: moment('from', from), to: until })
  if (source !== undefined) return inOrder({ from: new Date('2000-01-01T00:00:00Z'), to: until })
  const since = await gapsBegin(kernel, settings.id)
  if (!since)
    throw new Error(`System "${settings.id}" has no gap to fill. Say since when to read: --from 2026-11-01T00:00.`)
  return inOrder({ from: since, to: until })
}

function inOrder(span: Span): Span {
  if (span.from >= span.to) throw new Error('--from must be earlier than --to.')
  return span
}
