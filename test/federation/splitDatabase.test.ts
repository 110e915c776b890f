import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateDatabase } from '../../hub/openDatabase.js'
import { openKernel } from '../../hub/openKernel.js'
import { readTls } from '../../hub/readTls.js'
import { Turns } from '../../hub/turns.js'
import { WakeByDatabase } from '../../hub/wakeByDatabase.js'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { checkPostgres } from '../../kernel/postgres/index.js'
import { withClient } from '../../kernel/postgres/withClient.js'
import { emptyTemplate, type FreshDatabase, freshDatabase } from '../kit/database.js'
import { testEnv } from '../kit/startHub.js'
import { authority, certificate, certificateKey } from './splitCertificate.js'
import { tlsDoor } from './splitTlsDatabase.js'

const log = createLog({ level: 'silent', clock: new TestClock() })
let database: FreshDatabase

beforeAll(async () => {
  database = await freshDatabase(emptyTemplate)
})
afterAll(() => database.drop())

/** Ends the connections that are there for this, as a restart of the server or a broken network would. */
const cut = (what: string) =>
  withClient(database.superUrl, client =>
    client.query(
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = $1',
      [`hub ${what}`],
    ),
  )

/** What is told, one after the other. */
function heard<T>() {
  const waiting: T[] = []
  let wake = () => {}
  return {
    tell: (one: T) => {
      waiting.push(one)
      wake()
    },
    next: async (): Promise<T> => {
      while (waiting.length === 0)
        await new Promise<void>(resolve => {
          wake = resolve
        })
      return waiting.shift()!
    },
    waiting,
  }
}

describe('Wake-ups across processes', () => {
  const processOf = async () => {
    const topics = heard<string>()
    const wakes = new WakeByDatabase({
      url: database.appUrl,
      log,
      heard: names => {
        for (const name of names) topics.tell(name)
      },
    })
    await wakes.start()
    return { wakes, topics }
  }

  it('reach the others, each topic once for all commits at once, and not oneself', async () => {
    const [one, two] = [await processOf(), await processOf()]
    one.wakes.publish(['call', 'alert'])
    one.wakes.publish(['call'])
    expect([await two.topics.next(), await two.topics.next()].sort()).toEqual(['alert', 'call'])
    two.wakes.publish(['access'])
    expect(await one.topics.next()).toBe('access')
    expect([one.topics.waiting, two.topics.waiting]).toEqual([[], []])
    await Promise.all([one.wakes.stop(), two.wakes.stop()])
  })

  it('go on after the connection was lost', async () => {
    const [one, two] = [await processOf(), await processOf()]
    await cut('wake-ups')
    let back = false
    void two.topics.next().then(() => {
      back = true
    })
    await expect
      .poll(
        () => {
          one.wakes.publish(['call'])
          return back
        },
        { timeout: 10_000 },
      )
      .toBe(true)
    await Promise.all([one.wakes.stop(), two.wakes.stop()])
  })
})

describe('Of several processes', () => {
  const processOf = async (name: string, told: { tell(one: string): void }) => {
    const turn = {
      key: 'listen:pbx',
      begin: () => told.tell(`${name} begins`),
      end: async () => told.tell(`${name} ends`),
    }
    const turns = new Turns({ url: database.appUrl, log, turns: [turn], everyMs: 20 })
    await turns.start()
    return turns
  }

  it('one at a time listens to a system; another takes over when it stops', async () => {
    const told = heard<string>()
    const one = await processOf('one', told)
    expect(await told.next()).toBe('one begins')
    const two = await processOf('two', told)
    await one.stop()
    expect(await told.next()).toBe('one ends')
    expect(await told.next()).toBe('two begins')
    await two.stop()
    expect(await told.next()).toBe('two ends')
  })

  it('one whose connection is lost ends what it did before it asks again', async () => {
    const told = heard<string>()
    const one = await processOf('one', told)
    expect(await told.next()).toBe('one begins')
    await cut('turns')
    expect([await told.next(), await told.next()]).toEqual(['one ends', 'one begins'])
    await one.stop()
  })
})

describe('A database that is reached by TLS', () => {
  let door: Awaited<ReturnType<typeof tlsDoor>>
  let folder: string
  let query: string

  beforeAll(async () => {
    door = await tlsDoor(database.appUrl)
    folder = await mkdtemp(join(tmpdir(), 'hub-split-'))
    await writeFile(join(folder, 'ca.pem'), authority)
    query = `?sslmode=verify-full&sslrootcert=${folder}/ca.pem`
  })
  afterAll(async () => {
    await door.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('takes the hub in as the URL says: check, migrations, rows', async () => {
    const [appUrl, ownerUrl] = [door.urlOf(database.appUrl, query), door.urlOf(database.ownerUrl, query)]
    expect(Number.parseInt(await checkPostgres(appUrl), 10)).toBeGreaterThanOrEqual(15)
    expect((await updateDatabase({ appUrl, ownerUrl })).length).toBeGreaterThan(0)
    const { keys, zone } = testEnv()
    const { kernel, close } = await openKernel({ appUrl, keys, zone, clock: new TestClock(), log })
    expect(await kernel.systemEm().getConnection().execute('select 1 as one')).toEqual([{ one: 1 }])
    await close()
  })

  it('is refused with what to do where its certificate is not trusted, or TLS is not asked for', async () => {
    await expect(checkPostgres(door.urlOf(database.appUrl, '?sslmode=verify-full'))).rejects.toThrow('sslrootcert=')
    await expect(checkPostgres(door.urlOf(database.appUrl, '?sslrootcert=/none.pem'))).rejects.toThrow(
      'names the file /none.pem',
    )
    await expect(checkPostgres(door.urlOf(database.appUrl, ''))).rejects.toThrow('sslmode')
  })

  it('shows a certificate that the gateway could use as well', async () => {
    await Promise.all([
      writeFile(join(folder, 'cert.pem'), certificate),
      writeFile(join(folder, 'key.pem'), certificateKey),
    ])
    const files = { tlsCert: join(folder, 'cert.pem'), tlsKey: join(folder, 'key.pem') }
    expect((await readTls(files))?.cert.toString()).toBe(certificate)
    await expect(readTls({ ...files, tlsCert: join(folder, 'ca.pem') })).rejects.toThrow('Both must be PEM')
  })
})
