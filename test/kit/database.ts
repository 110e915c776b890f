import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { inject } from 'vitest'
import { ensureDatabase } from '../../kernel/postgres/ensureDatabase.js'
import { withClient } from '../../kernel/postgres/withClient.js'
import { databasePrefix } from './databasePrefix.js'
import type { DoorAnswer, TestServer } from './postgresDoor.js'

export interface DatabaseUrls {
  appUrl: string
  ownerUrl: string
}

export interface FreshDatabase extends DatabaseUrls {
  /** As the superuser. */
  superUrl: string
  /** Ends its connections and removes it. What a test does not drop ends with the run. */
  drop(): Promise<void>
}

/** A database that others are copied from. One name stands for one content: `prepare` runs once for each name in a run. */
export interface Template {
  name: string
  /** Fills the empty database, and closes every connection it opens. */
  prepare(urls: DatabaseUrls): Promise<void>
}

/** An empty database with the hub's roles. */
export const emptyTemplate: Template = { name: 'empty', prepare: async () => {} }

/** A database of one's own, copied from the template in some 50 ms. On TEST_DATABASE_URL (a superuser's) where that is set. */
export async function freshDatabase(template: Template): Promise<FreshDatabase> {
  const server = await testServer()
  const prefix = databasePrefix(inject('postgres').run)
  const name = `${prefix}${randomUUID().replaceAll('-', '')}`
  await ensureDatabase(
    server.superUrl,
    name,
    await preparedTemplate(server, `${prefix}template_${template.name}`, template),
  )
  return {
    ...urlsOf(server, name),
    superUrl: withDatabase(server.superUrl, name),
    drop: () => withClient(server.superUrl, client => dropDatabase(client, name)),
  }
}

/** Workers come here at the same time: one prepares, the others wait for it. The finished template has its name, and takes no connections. */
async function preparedTemplate(server: TestServer, name: string, { prepare }: Template): Promise<string> {
  await withClient(server.superUrl, async client => {
    const exists = async () => (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1
    if (await exists()) return
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    if (await exists()) return
    const unfinished = `${name}_unfinished`
    await dropDatabase(client, unfinished)
    await ensureDatabase(server.superUrl, unfinished)
    await prepare(urlsOf(server, unfinished))
    await client.query(`alter database ${pg.escapeIdentifier(unfinished)} with allow_connections false`)
    await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [unfinished])
    await client.query(`alter database ${pg.escapeIdentifier(unfinished)} rename to ${pg.escapeIdentifier(name)}`)
  })
  return name
}

const dropDatabase = async (client: pg.Client, name: string): Promise<void> => {
  await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
}

const urlsOf = ({ appUrl, ownerUrl }: TestServer, name: string): DatabaseUrls => ({
  appUrl: withDatabase(appUrl, name),
  ownerUrl: withDatabase(ownerUrl, name),
})

const withDatabase = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href

let asked: Promise<TestServer> | null = null

function testServer(): Promise<TestServer> {
  asked ??= text(connect(inject('postgres').door)).then(said => {
    const answer = JSON.parse(said) as DoorAnswer
    if ('problem' in answer) throw new Error(answer.problem)
    return answer.server
  })
  return asked
}
