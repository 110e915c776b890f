import { afterAll, expect, test } from 'vitest'
import { withClient } from '../../kernel/postgres/withClient.js'
import { emptyTemplate, freshDatabase, type Template } from '../kit/database.js'

let prepared = 0
const notes: Template = {
  name: 'ground-notes',
  prepare: ({ ownerUrl }) => {
    prepared++
    return withClient(ownerUrl, async client => {
      await client.query('create schema crm; create table crm.note (id int primary key)')
      await client.query('insert into crm.note select generate_series(1, 100)')
      await client.query('grant usage on schema crm to hub_app; grant select, insert on crm.note to hub_app')
    })
  },
}

const count = (url: string) =>
  withClient(url, async client => (await client.query('select count(*)::int as n from crm.note')).rows[0].n as number)

const opened: { drop(): Promise<void> }[] = []
const fresh = async (template: Template) => {
  const database = await freshDatabase(template)
  opened.push(database)
  return database
}
afterAll(() => Promise.all(opened.map(database => database.drop())))

test('each test has a database of its own, filled by a template that is prepared once', async () => {
  const [one, other] = await Promise.all([fresh(notes), fresh(notes)])
  await withClient(one.appUrl, client => client.query('insert into crm.note values (101)'))
  expect(await count(one.appUrl)).toBe(101)
  expect(await count(other.appUrl)).toBe(100)
  expect(prepared).toBe(1)
})

test('a template that fails says why, and is prepared anew next time', async () => {
  let tries = 0
  const shaky: Template = {
    name: 'ground-shaky',
    prepare: async () => {
      if (tries++ === 0) throw new Error('no ink')
    },
  }
  await expect(freshDatabase(shaky)).rejects.toThrow('no ink')
  await fresh(shaky)
  expect(tries).toBe(2)
})

test("the application's role connects, and makes nothing: no schema, no table, no temporary table", async () => {
  const { appUrl } = await fresh(emptyTemplate)
  for (const statement of [
    'create schema mine',
    'create table public.mine (id int)',
    'create temp table mine (id int)',
  ])
    await expect(withClient(appUrl, client => client.query(statement))).rejects.toThrow(/permission denied/)
})

test("the owner's role makes schemas in the hub's database, and is no superuser", async () => {
  const { ownerUrl } = await fresh(emptyTemplate)
  await withClient(ownerUrl, client => client.query('create schema mine'))
  await expect(withClient(ownerUrl, client => client.query('create role other'))).rejects.toThrow(/permission denied/)
})

test('a dropped database is gone, even while somebody is connected to it', async () => {
  const database = await freshDatabase(emptyTemplate)
  await withClient(database.appUrl, async () => {
    await database.drop()
    await expect(withClient(database.appUrl, async () => {})).rejects.toThrow(/does not exist/)
  })
})
