import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import { people, type TestPerson } from '../kit/people.js'
import { startHub, type TestHub } from '../kit/startHub.js'
import { encodings, shownIn } from './encodings.js'
import { type Access, accessNow, forbiddenTo, type Plantation, plant, planted } from './planted.js'
import { randomFrom } from './randomFrom.js'
import { randomOperation } from './randomOperation.js'

const RUNS = Number(process.env.LEAK_RUNS ?? 400)

const schema = buildSchema(readFileSync(join(projectRoot, 'schema', 'api.graphql'), 'utf8'))
const logged: string[] = []
let hub: TestHub
let plantation: Plantation
let ids: string[]

beforeAll(async () => {
  const log = createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) })
  hub = await startHub({ log, limits: { cost: 1e9, requests: { burst: 1e9, perSecond: 1e9 } } })
  plantation = await plant(hub)
  const { calls } = await hub.as('admin').query('{ calls(first: 50) { nodes { id } } }')
  ids = [
    ...plantation.customers,
    ...calls.nodes.map(({ id }: { id: string }) => id),
    'agent-north-1',
    'agent-south-2',
    'north',
    'sandbox-pbx',
  ]
})

/** A mutation may write what it is given; a number that is planted would then stand where it was written. */
const words = ['赵', 'VIP', 'Customer', '%', "'", '周一再谈', '13900000000']
const texts = [...words, '赵', '1371', '7007', '0007', '13710010007', 'VIP', 'phone', 'Customer', '%', "'", 'secret']
const clients = new Map<TestPerson, ReturnType<TestHub['as']>>()

function clientOf(person: TestPerson) {
  const client = clients.get(person) ?? hub.as(person)
  clients.set(person, client)
  return client
}

describe('C4: no answer holds what its reader may not see', () => {
  it('to any question, in any encoding, with the cursors of others', async () => {
    const cursors: string[] = []
    let answered = 0
    let access: Access = await accessNow(hub, plantation)
    const questions = fc.record({
      person: fc.constantFrom(...people),
      seed: fc.integer(),
      mutates: fc.integer({ min: 0, max: 5 }).map(n => n === 0),
    })
    await fc.assert(
      fc.asyncProperty(questions, async ({ person, seed, mutates }) => {
        const random = randomFrom(seed)
        const material = {
          schema,
          random,
          ids,
          texts: mutates ? words : texts,
          cursors,
          without: /suspendPerson|savePerson|saveTeam/,
        }
        const question = randomOperation(material, mutates ? 'mutation' : 'query')
        const answer = JSON.stringify(await clientOf(person).ask(question))
        if (/"__typename":"(?!Page)/.test(answer)) answered++
        const hidden = answer.includes('"INTERNAL"')
          ? logged.filter(line => line.includes('hidden from')).at(-1)
          : undefined
        expect(hidden, question).toBeUndefined()
        cursors.push(...(answer.match(/(?<="(?:end|start)?[cC]ursor":")[\w-]+/g) ?? []).slice(0, 3))
        // A change may have given a customer to somebody else.
        if (mutates) access = await accessNow(hub, plantation)
        const shown = shownIn(answer, forbiddenTo(person, access))
        expect(shown, `${person} was shown ${shown} by ${question}\n${answer.slice(0, 3000)}`).toBeUndefined()
      }),
      { numRuns: RUNS },
    )
    // Else nothing was tried.
    expect(answered).toBeGreaterThan(RUNS / 3)
  })

  it('nor does the log, the audit, the feed, an alert or a metric, whoever asked', async () => {
    const admin = clientOf('admin')
    await admin.ask('{ customers(first: 20) { nodes { phone { full } email { full } followUps { nodes { note } } } } }')
    await admin.ask(`{ customersByPhone(number: "${planted[0]!.values[0]}") { id } }`)
    await admin.ask(`{ customers(filter: { nameContains: "${planted[0]!.values[0]}" }) { nodes { id } } }`)
    await admin.ask(
      `mutation { createCustomer(input: { name: "重复", phone: "${planted[1]!.values[0]}" }) { customer { id } } }`,
    )
    const tables = ['hub.audit_entry', 'hub.feed_event', 'sync.alert', 'sync.inbox', 'call.call_fact']
    const rows = await Promise.all(tables.map(table => rowsAsText(`select t::text from ${table} t`)))
    const metrics = await (await fetch(`${hub.url}/metrics`)).text()
    const said = [...logged, ...rows.flat(), metrics].join('\n')
    expect(said.length).toBeGreaterThan(1000)
    for (const value of planted.flatMap(({ values }) => values)) {
      expect(
        encodings(value).filter(form => said.includes(form)),
        value,
      ).toEqual([])
    }
  })
})

describe('C2: values at rest', () => {
  it('stand in no table in the clear; what people pasted into a text stands in that text only', async () => {
    const tables = await rowsAsText(
      `select table_schema || '.' || table_name as text from information_schema.tables where table_schema in ('hub', 'crm', 'call', 'sync', 'access')`,
    )
    expect(tables).toContain('crm.customer_phone')
    for (const table of tables) {
      const text = (await rowsAsText(`select t::text from ${table} t`)).join('\n')
      const pastedHere = table === 'crm.customer' || table === 'crm.follow_up'
      for (const { values } of planted) {
        const [phone, , , , email, address] = values
        const clear = [phone!, address!, ...(pastedHere ? [] : [email!])].filter(value => text.includes(value))
        expect(clear, table).toEqual([])
      }
    }
  })
})

async function rowsAsText(query: string): Promise<string[]> {
  const rows = await hub.kernel.systemEm().getConnection().execute<{ text: string }[]>(query)
  return rows.map(row => Object.values(row).join())
}
