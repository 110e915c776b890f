import type { Env } from '../kernel/env/index.js'
import type { Log } from '../kernel/log/index.js'
import { WakeByDatabase } from './wakeByDatabase.js'
import { WakeByNats } from './wakeByNats.js'
import type { Wakes } from './wakes.js'

interface WakesSettings {
  /** Of the database. */
  url: string
  log: Log
  /** Told which topics have news that another process made. */
  heard(topics: readonly string[]): void
}

/** None on a database of the hub's own: no other process is there. */
export function openWakes({ databaseUrl, natsUrl }: Env, { url, log, heard }: WakesSettings): Wakes | null {
  if (databaseUrl === null) return null
  return natsUrl ? new WakeByNats({ url: natsUrl, log, heard }) : new WakeByDatabase({ url, log, heard })
}
