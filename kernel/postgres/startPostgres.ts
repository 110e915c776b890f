import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../log/index.js'
import { checkCluster } from './checkCluster.js'
import { openCredentials } from './credentials.js'
import { endLeftOver } from './endLeftOver.js'
import { ensureDatabase } from './ensureDatabase.js'
import { explainAccess } from './explain.js'
import { initCluster } from './initCluster.js'
import { joinServer } from './joinServer.js'
import { launch } from './launch.js'
import { FolderInUse, lockFolder } from './lockFolder.js'
import { openFolder } from './openFolder.js'
import { programFor } from './program.js'
import { requireReachable } from './reachable.js'
import type { RunningPostgres } from './running.js'
import { serverUser } from './serverUser.js'
import { socketFolder } from './socketFolder.js'
import { urlsOf } from './urls.js'

export interface PostgresOptions {
  /** The hub's data folder; the server keeps to `postgres/` in it. */
  dataDir: string
  log: Log
  /** Made when missing. `hub` by default. */
  database?: string
  /** false: quick, and lost with the power. For tests only. */
  durable?: boolean
  /** Opens this port on 127.0.0.1 for BI logins; the hub itself comes through a socket that is a file. */
  biPort?: number | null
  /** Where a hub already runs on this folder, use its server rather than refuse. For commands beside a running hub. */
  share?: boolean
}

/**
 * Starts the embedded PostgreSQL, making its files at the first start. It ends with the process that started it, even when that is
 * killed; one that was left over all the same is ended first. Every error says what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { log, database = 'hub', durable = true, biPort = null, share = false } = options
  const folder = await openFolder(options.dataDir)
  const unlock = await lockFolder(folder).catch(error => {
    if (error instanceof FolderInUse && share) return null
    throw explainAccess(error, folder)
  })
  if (!unlock) return joinServer(folder, database)
  try {
    const cluster = join(folder, 'cluster')
    const user = await serverUser(cluster)
    await requireReachable(folder, user)
    const program = await programFor(folder, user, log)
    const isNew = !(await checkCluster(cluster, user, program))
    if (isNew) await initCluster({ folder, cluster, program, user, durable, log })
    else await endLeftOver(cluster, log)
    const credentials = await openCredentials({ folder, cluster, program, user })
    const socket = await socketFolder(folder, user)
    const server = await launch({ cluster, program, user, socket, durable, biPort, log })
    const urls = urlsOf({ socket, port: server.port }, credentials, database)
    const stop = async () => {
      await server.stop()
      await rm(socket, { recursive: true, force: true })
      await unlock()
    }
    await ensureDatabase(urls.superUrl, database).catch(async error => {
      await stop()
      throw error
    })
    return { ...urls, stop }
  } catch (error) {
    await unlock()
    throw explainAccess(error, folder)
  }
}
