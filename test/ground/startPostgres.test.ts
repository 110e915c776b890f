import { execFileSync, spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { openToAll } from '../../kernel/postgres/defaultDataDir.js'
import { type PostgresOptions, startPostgres } from '../../kernel/postgres/index.js'
import { readPostmasterPid } from '../../kernel/postgres/postmasterPid.js'
import { isAlive } from '../../kernel/postgres/processMark.js'
import { packageRoot, programFor } from '../../kernel/postgres/program.js'
import { runProgram } from '../../kernel/postgres/runProgram.js'
import { parsePasswd } from '../../kernel/postgres/serverUser.js'
import { withClient } from '../../kernel/postgres/withClient.js'
import { asRoot, openFolder } from './program/folder.js'
import { freePort } from './program/freePort.js'
import { keepersOf } from './program/keepersOf.js'
import { runHub } from './program/runHub.js'

const log = createLog({ level: 'silent', clock: systemClock })
const nobody = asRoot
  ? parsePasswd(await readFile('/etc/passwd', 'utf8')).find(({ name }) => name === 'nobody')
  : undefined
const others = nobody && openToAll(import.meta.dirname) ? nobody : undefined

const model = await openFolder()
await within(model.path, async () => {})
afterAll(() => model[Symbol.asyncDispose]())

/** A data folder with an empty database, quicker than a first start. */
async function copiedFolder(): Promise<AsyncDisposable & { path: string }> {
  const folder = await openFolder()
  execFileSync('cp', ['-a', join(model.path, 'postgres'), folder.path])
  return folder
}

/** Starts, does the work, stops. */
async function within<T>(
  dataDir: string,
  work: (urls: { appUrl: string; ownerUrl: string; superUrl: string }) => Promise<T>,
  options: Partial<PostgresOptions> = {},
): Promise<T> {
  const running = await startPostgres({ dataDir, log, durable: false, ...options })
  try {
    return await work(running)
  } finally {
    await running.stop()
  }
}

const writeNote = (url: string) =>
  withClient(url, client =>
    client.query("create schema crm; create table crm.note (text text); insert into crm.note values ('kept')"),
  )
const readNote = (url: string) =>
  withClient(url, async client => (await client.query('select text from crm.note')).rows[0]?.text)
const serverOf = async (dataDir: string) => (await readPostmasterPid(join(dataDir, 'postgres', 'cluster')))!.pid
const gone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)

test('data outlive a stop, and nothing keeps running', async () => {
  await using folder = await openFolder()
  const pid = await within(folder.path, async ({ ownerUrl }) => {
    await writeNote(ownerUrl)
    return serverOf(folder.path)
  })
  expect(isAlive(pid)).toBe(false)
  expect(await within(folder.path, ({ ownerUrl }) => readNote(ownerUrl))).toBe('kept')
})

test.runIf(asRoot)(
  'root hands the server to another user, and nobody else gets at its files, socket and passwords',
  async () => {
    await using folder = await openFolder()
    await within(folder.path, async () => {
      const of = async (name: string) => {
        const { uid, mode } = await stat(join(folder.path, 'postgres', name))
        return { root: uid === 0, mode: (mode & 0o777).toString(8) }
      }
      expect(await of('cluster')).toEqual({ root: false, mode: '700' })
      expect(await of('socket')).toEqual({ root: false, mode: '700' })
      expect(await of('credentials.json')).toEqual({ root: true, mode: '600' })
      expect((await stat(`/proc/${await serverOf(folder.path)}`)).uid).not.toBe(0)
    })
  },
)

test.runIf(others)('an ordinary user starts it too, and root goes on with that data afterwards', async () => {
  await using folder = await openFolder()
  await chown(folder.path, others!.uid, others!.gid)
  const hub = await runHub(folder.path, { uid: others!.uid, gid: others!.gid })
  await writeNote(hub.ownerUrl)
  await hub.stop()
  expect(await within(folder.path, ({ ownerUrl }) => readNote(ownerUrl))).toBe('kept')
  expect((await stat(join(folder.path, 'postgres', 'cluster'))).uid).toBe(others!.uid)
})

test.runIf(others)("another user's data, or a folder closed to writing, is refused with what to do", async () => {
  await using folder = await copiedFolder()
  await within(folder.path, async () => {})
  await expect(runHub(folder.path, { uid: others!.uid, gid: others!.gid })).rejects.toThrow(/HUB_DATA/)
  await expect(runHub(join(folder.path, 'other'), { uid: others!.uid, gid: others!.gid })).rejects.toThrow(
    /data folder|HUB_DATA/,
  )
})

test.runIf(asRoot)('a data folder below a private one is refused, naming the folder and what to do', async () => {
  await using folder = await openFolder()
  const closed = join(folder.path, 'private')
  await mkdir(closed, { mode: 0o700 })
  await expect(within(join(closed, 'data'), async () => {})).rejects.toThrow(
    new RegExp(`HUB_DATA.*chmod o\\+x ${closed}`),
  )
})

test.runIf(asRoot)('binaries below a private folder are copied to where the server user can run them', async () => {
  await using folder = await openFolder()
  const closed = join(folder.path, 'private')
  const reachable = join(folder.path, 'postgres')
  await mkdir(reachable)
  await mkdir(closed, { mode: 0o700 })
  await copyNative(packageRoot(), closed)
  const program = await programFor(reachable, nobody!, log, closed)
  expect(program.postgres.startsWith(reachable)).toBe(true)
  await runProgram(program.postgres, ['--version'], { user: nobody! })
  await runProgram(program.initdb, ['--version'], { user: nobody! })
})

test('after the hub is killed the server ends by itself, and the next start has the data', async () => {
  await using folder = await copiedFolder()
  const hub = await runHub(folder.path)
  await writeNote(hub.ownerUrl)
  const pid = await serverOf(folder.path)
  await hub.kill()
  expect(await within(folder.path, ({ ownerUrl }) => readNote(ownerUrl))).toBe('kept')
  await gone(pid)
})

test('a server that outlives hub and keeper is ended at the next start', async () => {
  await using folder = await copiedFolder()
  const hub = await runHub(folder.path)
  await writeNote(hub.ownerUrl)
  const pid = await serverOf(folder.path)
  for (const keeper of await keepersOf(pid)) process.kill(keeper, 'SIGKILL')
  await hub.kill()
  expect(isAlive(pid)).toBe(true)
  expect(await within(folder.path, ({ ownerUrl }) => readNote(ownerUrl))).toBe('kept')
  expect(isAlive(pid)).toBe(false)
})

test('a process that only has the number of a dead server is left alone', async () => {
  await using folder = await copiedFolder()
  await within(folder.path, ({ ownerUrl }) => writeNote(ownerUrl))
  const stranger = spawn('sleep', ['60'])
  const cluster = join(folder.path, 'postgres', 'cluster')
  const { uid, gid } = await stat(cluster)
  const pidFile = join(cluster, 'postmaster.pid')
  await writeFile(
    pidFile,
    [stranger.pid, cluster, 1_700_000_000, 5432, '/nowhere', '', '  5432001  0', 'ready', ''].join('\n'),
  )
  await chown(pidFile, uid, gid)
  try {
    expect(await within(folder.path, ({ ownerUrl }) => readNote(ownerUrl))).toBe('kept')
    expect(isAlive(stranger.pid!)).toBe(true)
  } finally {
    stranger.kill('SIGKILL')
  }
})

test('a second hub on the same data is refused; a command beside it may share its server', async () => {
  await using folder = await copiedFolder()
  await within(folder.path, async ({ ownerUrl }) => {
    await expect(within(folder.path, async () => {})).rejects.toThrow(/already runs on the data.*HUB_DATA/)
    await within(folder.path, shared => writeNote(shared.ownerUrl), { share: true })
    expect(await readNote(ownerUrl)).toBe('kept')
  })
})

test('a taken BI_PORT says so, and leaves nothing behind', async () => {
  await using folder = await copiedFolder()
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(done => other.once('listening', done))
  const { port } = other.address() as AddressInfo
  try {
    await expect(within(folder.path, async () => {}, { biPort: port })).rejects.toThrow(
      new RegExp(`Port ${port} of 127.0.0.1 is taken: set BI_PORT`),
    )
  } finally {
    other.close()
  }
  await within(folder.path, async () => {})
})

test("BI_PORT lets BI logins in by their password, and never the hub's own roles", async () => {
  await using folder = await copiedFolder()
  const biPort = await freePort()
  await within(
    folder.path,
    async ({ superUrl, appUrl }) => {
      await withClient(superUrl, client =>
        client.query("create role bi_reader login password 'reads'; grant connect on database hub to bi_reader"),
      )
      const byPort = (user: string, password: string) =>
        withClient(`postgresql://${user}:${password}@127.0.0.1:${biPort}/hub`, client => client.query('select 1'))
      expect((await byPort('bi_reader', 'reads')).rowCount).toBe(1)
      await expect(byPort('bi_reader', 'wrong')).rejects.toThrow(/password authentication failed/)
      await expect(byPort('hub_app', new URL(appUrl).password)).rejects.toThrow(/pg_hba.conf rejects/)
      await expect(byPort('postgres', new URL(superUrl).password)).rejects.toThrow(/pg_hba.conf rejects/)
    },
    { biPort },
  )
})

test('without BI_PORT the server opens no port, and nobody comes in without a password', async () => {
  await using folder = await copiedFolder()
  await within(folder.path, async ({ superUrl, appUrl }) => {
    const { rows } = await withClient(superUrl, client => client.query('show listen_addresses'))
    expect(rows).toEqual([{ listen_addresses: '' }])
    const wrong = Object.assign(new URL(appUrl), { password: 'wrong' }).href
    await expect(withClient(wrong, async () => {})).rejects.toThrow(/password authentication failed/)
  })
})

test('a first start that was cut off is made again', async () => {
  await using folder = await openFolder()
  const unfinished = join(folder.path, 'postgres', 'cluster.new')
  await mkdir(unfinished, { recursive: true })
  await writeFile(join(unfinished, 'PG_VERSION'), '1')
  await within(folder.path, ({ ownerUrl }) => writeNote(ownerUrl))
  expect(await readdir(join(folder.path, 'postgres'))).not.toContain('cluster.new')
})

test('lost passwords are made anew, and the data stay', async () => {
  await using folder = await copiedFolder()
  await within(folder.path, ({ ownerUrl }) => writeNote(ownerUrl))
  await rm(join(folder.path, 'postgres', 'credentials.json'))
  expect(await within(folder.path, ({ ownerUrl }) => readNote(ownerUrl))).toBe('kept')
})

test('data of another PostgreSQL are refused, naming both versions and the way over', async () => {
  await using folder = await copiedFolder()
  await within(folder.path, async () => {})
  await writeFile(join(folder.path, 'postgres', 'cluster', 'PG_VERSION'), '16\n')
  await expect(within(folder.path, async () => {})).rejects.toThrow(/PostgreSQL 16.*PostgreSQL 18.*backup/s)
})

test('a path too long for a socket works all the same', async () => {
  await using folder = await openFolder()
  const long = join(folder.path, 'a'.repeat(60), 'b b'.repeat(30))
  await mkdir(long, { recursive: true })
  await within(long, ({ ownerUrl }) => writeNote(ownerUrl))
  expect(await within(long, ({ ownerUrl }) => readNote(ownerUrl))).toBe('kept')
})

test('a data folder that is a file is refused with what to do', async () => {
  await using folder = await openFolder()
  const file = join(folder.path, 'file')
  await writeFile(file, '')
  await expect(within(file, async () => {})).rejects.toThrow(/HUB_DATA/)
})

test('the sandbox and the real data are two databases of one server', async () => {
  await using folder = await copiedFolder()
  await within(folder.path, ({ ownerUrl }) => writeNote(ownerUrl), { database: 'hub_sandbox' })
  await within(folder.path, async ({ ownerUrl }) => {
    await expect(readNote(ownerUrl)).rejects.toThrow(/does not exist/)
  })
})

async function copyNative(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true })
  await chmod(to, 0o700)
}
