import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import { givenCustomers } from '../kit/factories.js'
import { people, type TestPerson } from '../kit/people.js'
import { startHub, type TestHub } from '../kit/startHub.js'
import { encodings } from './encodings.js'
import { randomOperation } from './randomOperation.js'

const RUNS = Number(process.env.LEAK_RUNS ?? 400)

/** What belongs to one customer and is personal; the names apart, which all but analysts and auditors may see of customers they may see. */
interface Planted {
  team: 'north' | 'south'
  values: string[]
  name: string
}

const planted: Planted[] = (['north', 'south'] as const).flatMap((team, t) =>
  [0, 1, 2].map(i => {
    const n = t * 3 + i
    const phones = [`1371001${n}0${n}7`, `1582002${n}1${n}9`, `1393003${n}2${n}3`, `1774004${n}3${n}1`]
    return {
      team,
      name: `${'赵钱孙李周吴'[n]}小${'红橙黄绿青蓝'[n]}`,
      values: [...phones, `secret.person${n}@mail${n}.example.com`, `隐秘路${n}7${n}号院`],
    }
  }),
)

/** What this person may not see, in any writing. */
function forbiddenTo(person: TestPerson): string[] {
  const foreign = planted.filter(({ team }) => !person.endsWith(team) && !person.includes(`-${team}-`))
  if (person === 'admin') return []
  if (person.startsWith('supervisor')) return foreign.flatMap(({ values, name }) => [...values, name])
  if (person.startsWith('agent'))
    return [...planted.flatMap(({ values }) => values), ...foreign.map(({ name }) => name)]
  return planted.flatMap(({ values, name }) => [...values, name])
}

const schema = buildSchema(readFileSync(join(projectRoot, 'schema', 'api.graphql'), 'utf8'))
const logged: string[] = []
let hub: TestHub
let ids: string[]

beforeAll(async () => {
  const log = createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) })
  hub = await startHub({ log, limits: { cost: 1e9, requests: { burst: 1e9, perSecond: 1e9 } } })
  const customers = await givenCustomers(
    hub,
    ...planted.map(({ team, name, values: [phone, other, inNote, inTitle, email, address] }, i) => ({
      name,
      phone: phone!,
      otherPhones: [other!],
      email: email!,
      address: address!,
      ownerId: `agent-${team}-${(i % 2) + 1}`,
      company: `联系 ${inNote} 公司`,
      source: `转介 ${email}`,
      stageLabel: `意向${inTitle}`,
      tags: [`微信${inNote}`, 'VIP'],
      followUps: [{ note: `请打 ${inNote!.replace(/(\d{3})(\d{4})/, '$1 $2 ')} 或写信 ${email}` }],
      deals: [{ title: `报价给 ${inTitle}` }],
    })),
  )
  for (const [i, { values }] of planted.entries()) {
    const extension = ['1001', '1002', '1001', '2001', '2002', '2001'][i]!
    const call = { callId: `leak-${i}`, direction: 'outbound', to: values[0], from: extension }
    await hub.happen(
      { ...call, type: 'call.started', legId: 'a', extension },
      { ...call, type: 'call.connected', legId: 'a', extension },
      { callId: call.callId, type: 'call.feedback', note: `回拨 ${values[1]}`, by: 'customer', rating: 5 },
      { callId: call.callId, type: 'call.ended', cause: `to ${values[2]}` },
    )
  }
  const { calls } = await hub.as('admin').query('{ calls(first: 50) { nodes { id } } }')
  ids = [
    ...customers,
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

/** Evenly spread numbers from 0 to 1 (mulberry32); fast-check's own streams lean to the edges. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('C4: no answer holds what its reader may not see', () => {
  it('to any question, in any encoding, with the cursors of others', async () => {
    const cursors: string[] = []
    let answered = 0
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
        for (const value of forbiddenTo(person)) {
          const found = encodings(value).find(form => answer.includes(form))
          expect(found, `${person} was shown ${value} by ${question}\n${answer.slice(0, 3000)}`).toBeUndefined()
        }
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
