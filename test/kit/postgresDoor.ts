import { rmSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../kernel/clock.js'
import { messageOf } from '../../kernel/errors.js'
import { createLog } from '../../kernel/log/index.js'
import { openToAll, rootDataDir } from '../../kernel/postgres/defaultDataDir.js'
import { startPostgres } from '../../kernel/postgres/index.js'
import { isAlive } from '../../kernel/postgres/processMark.js'
import { externalServer } from './externalServer.js'

/** A server for tests: where its databases are reached as each of the roles, `postgres` standing for the database. */
export interface TestServer {
  superUrl: string
  ownerUrl: string
  appUrl: string
}

/** What the door answers. */
export type DoorAnswer = { server: TestServer } | { problem: string }

const PREFIX = 'call-crm-hub-test-'

/**
 * One PostgreSQL for a whole test run, started when the first test knocks: most runs of a few tests need none. It lives in the process that
 * runs the workers, and ends with it. Returns the door's path.
 */
export async function openPostgresDoor(): Promise<{ path: string; close(): Promise<void> }> {
  const base = process.getuid?.() === 0 && !openToAll(tmpdir()) ? rootDataDir : tmpdir()
  await mkdir(base, { recursive: true })
  await sweep(base)
  const folder = await mkdtemp(join(base, `${PREFIX}${process.pid}-`))
  await chmod(folder, 0o755)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)

  let running: Promise<TestServer & { stop(): Promise<void> }> | null = null
  const start = () =>
    process.env.TEST_DATABASE_URL
      ? externalServer(process.env.TEST_DATABASE_URL)
      : startPostgres({
          dataDir: folder,
          log: createLog({ level: 'error', clock: systemClock }),
          database: 'postgres',
          durable: false,
        })
  const answer = async (socket: Socket) => {
    running ??= start()
    const said: DoorAnswer = await running.then(
      server => ({ server }),
      error => ({ problem: messageOf(error) }),
    )
    socket.end(JSON.stringify(said))
  }
  const door = createServer(socket => {
    // A worker that ended meanwhile needs no answer.
    socket.on('error', () => {})
    void answer(socket)
  })
  const path = join(folder, 'door')
  await new Promise<void>((done, fail) => door.once('error', fail).listen(path, done))
  return {
    path,
    close: async () => {
      door.close()
      await running?.then(
        server => server.stop(),
        () => {},
      )
      process.off('exit', remove)
      remove()
    },
  }
}

/** Removes what killed runs left behind. */
async function sweep(base: string): Promise<void> {
  const left = (await readdir(base)).filter(
    name => name.startsWith(PREFIX) && !isAlive(Number.parseInt(name.slice(PREFIX.length), 10)),
  )
  await Promise.all(left.map(name => rm(join(base, name), { recursive: true, force: true })))
}
