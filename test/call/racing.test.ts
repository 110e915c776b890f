import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../../kernel/config/index.js'
import {
  AssignCustomerDocument,
  CreateCustomerDocument,
  GiveCallFeedbackDocument,
  LinkCallDocument,
} from '../../schema/operations/generated/graphql.js'
import { givenCustomers } from '../kit/factories.js'
import { type HookEvent, startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let pool: pg.Pool

/** A second phone system, whose messages are worked through at the same time as the first one's. */
const withTwo = (config: Config): Config => ({
  ...config,
  systems: config.systems.flatMap(system =>
    system.id === 'sandbox-pbx' ? [system, { ...system, id: 'other-pbx', address: null }] : [system],
  ),
})

beforeAll(async () => {
  hub = await startHub({ config: withTwo })
  pool = new pg.Pool({ connectionString: hub.databaseUrls.superUrl, max: 2 })
})
afterAll(() => pool.end())

const sql = async <T extends object>(query: string, values: unknown[] = []): Promise<T[]> =>
  (await pool.query<T>(query, values)).rows

/** Whoever writes to the audit, as everything does before it commits, waits while `work` is done. */
async function beforeCommits(work: () => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin; lock table hub.audit_entry in exclusive mode')
    await work()
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** So many transactions wait for others. */
const waiting = (n: number) =>
  expect
    .poll(
      async () =>
        (
          await sql<{ n: number }>(
            'select count(distinct pid)::int as n from pg_locks where not granted and (database is null or database = (select oid from pg_database where datname = current_database()))',
          )
        )[0]!.n,
      { timeout: 10_000, interval: 10 },
    )
    .toBe(n)

const calling = (callId: string, from: string): HookEvent[] => [
  { callId, type: 'call.started', legId: 'a', direction: 'inbound', from, to: '4008001234' },
  { callId, type: 'call.ringing', legId: 'b', extension: '1001' },
]
const make = (phone: string) => hub.as('agent-north-1').run(CreateCustomerDocument, { input: { name: '钱进', phone } })
const linked = async (callId: string) => {
  const [call] = await sql<{ customer_id: string | null }>('select customer_id from call.call where external_id = $1', [
    callId,
  ])
  return call!.customer_id
}

describe('A10: a call from a number that is given to a customer at the same moment', () => {
  it('is the customer’s where the call is stored first', async () => {
    let done: Promise<unknown>[] = []
    await hub.hook('sandbox-pbx', ...calling('first', '13811112001'))
    await beforeCommits(async () => {
      done = [hub.settle()]
      await waiting(1)
      done.push(make('13811112001'))
      await waiting(2)
    })
    await Promise.all(done)
    expect(await linked('first')).not.toBeNull()
  })

  it('is the customer’s where they are made first', async () => {
    let done: Promise<unknown>[] = []
    await hub.hook('sandbox-pbx', ...calling('second', '13811112002'))
    await beforeCommits(async () => {
      done = [make('13811112002')]
      await waiting(1)
      done.push(hub.settle())
      await waiting(2)
    })
    await Promise.all(done)
    expect(await linked('second')).not.toBeNull()
  })

  it('is the customer’s where only what is told now says which number it is', async () => {
    let done: Promise<unknown>[] = []
    const [started, ringing] = calling('third', '13811112003')
    // Nobody could know yet which of the two is the customer.
    await hub.happen({ ...started!, direction: undefined })
    await hub.hook('sandbox-pbx', { ...ringing!, direction: 'inbound' })
    await beforeCommits(async () => {
      done = [hub.settle()]
      await waiting(1)
      done.push(make('13811112003'))
      await waiting(2)
    })
    await Promise.all(done)
    expect(await linked('third')).not.toBeNull()
  })
})

describe('A customer who is given to somebody else at the moment a call of theirs is stored', () => {
  const assign = (id: string, agentId: string) => hub.as('admin').run(AssignCustomerDocument, { id, agentId })
  const owner = async (callId: string) =>
    (await sql<{ owner_id: string }>('select owner_id from call.call where external_id = $1', [callId]))[0]!.owner_id

  it('has that call under their new owner, whichever comes first', async () => {
    for (const [i, order] of ['call first', 'customer first'].entries()) {
      const from = `1381111210${i}`
      const [customer] = await givenCustomers(hub, { phone: from, ownerId: 'agent-north-1' })
      await hub.hook('sandbox-pbx', ...calling(order, from))
      const both = [() => hub.settle(), () => assign(customer!, 'agent-south-1')]
      if (order === 'customer first') both.reverse()
      const done: Promise<unknown>[] = []
      await beforeCommits(async () => {
        for (const one of both) {
          done.push(one())
          await waiting(done.length)
        }
      })
      await Promise.all(done)
      expect(await owner(order), order).toBe('agent-south-1')
    }
  })

  it('has it also where a person says that it is theirs', async () => {
    await hub.happen(...calling('said', '13811112110'))
    const [customer] = await givenCustomers(hub, { ownerId: 'agent-north-1' })
    const [call] = await sql<{ id: string }>(`select id from call.call where external_id = 'said'`)
    const done: Promise<unknown>[] = []
    await beforeCommits(async () => {
      done.push(hub.as('agent-north-1').run(LinkCallDocument, { callId: call!.id, customerId: customer! }))
      await waiting(1)
      done.push(assign(customer!, 'agent-south-1'))
      await waiting(2)
    })
    await Promise.all(done)
    expect(await owner('said')).toBe('agent-south-1')
  })
})

describe('A person who says whose call it is', () => {
  it('waits for what the phone system tells of it at this moment', async () => {
    await hub.happen(...calling('told', '13811112004'))
    const [customer] = await givenCustomers(hub, {})
    const [call] = await sql<{ id: string }>(`select id from call.call where external_id = 'told'`)
    let done: Promise<unknown>[] = []
    await hub.hook('sandbox-pbx', { callId: 'told', type: 'call.ended' })
    await beforeCommits(async () => {
      done = [hub.settle()]
      await waiting(1)
      done.push(hub.as('agent-north-1').run(LinkCallDocument, { callId: call!.id, customerId: customer! }))
      await waiting(2)
    })
    await Promise.all(done)
    expect(await linked('told')).toBe(customer)
  })
})

describe('Many who write at the same moment', () => {
  it('never wait for each other in a circle, and leave no call without its customer', { timeout: 60_000 }, async () => {
    const NUMBERS = 12
    const ROUNDS = 4
    const number = (i: number) => `1381111${String(3000 + i)}`
    const all = Array.from({ length: NUMBERS }, (_, i) => i)
    const systems = ['sandbox-pbx', 'other-pbx']
    const made = new Map<number, string>()
    const agent = hub.as('agent-north-1')
    const telling = async (system: string, round: number) => {
      // Those that came before end, and new ones of the same numbers begin, in one batch; missed ones among them, which the next ones settle.
      const order = system === 'sandbox-pbx' ? all : all.toReversed()
      const events = order.flatMap(i => [
        { callId: `${system}-${round - 1}-${i}`, type: 'call.connected', legId: 'b', extension: '1001' },
        { callId: `${system}-${round - 1}-${i}`, type: 'call.ended' },
        ...calling(`${system}-${round}-${i}`, number(i)),
        ...calling(`${system}-${round}-missed-${i}`, number(i)),
        { callId: `${system}-${round}-missed-${i}`, type: 'call.ended' },
      ])
      const answer = await hub.hook(
        system,
        ...(round === 0 ? order.flatMap(i => calling(`${system}-0-${i}`, number(i))) : events),
      )
      expect(answer.status).toBe(202)
    }
    const ofPeople = async (i: number, round: number) => {
      if (round === 1) {
        const { createCustomer } = await make(number(i))
        made.set(i, createCustomer!.customer!.id)
        return
      }
      const [call] = await sql<{ id: string }>(
        `select id from call.call where agent_id = 'agent-north-1' order by random() limit 1`,
      )
      await agent.run(GiveCallFeedbackDocument, { input: { callId: call!.id, note: `第${round}次` } })
    }
    const moving = async () => {
      for (const owner of ['agent-north-2', 'agent-north-1'])
        for (const id of made.values()) await hub.as('admin').run(AssignCustomerDocument, { id, agentId: owner })
    }
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(systems.map(system => telling(system, round)))
      await Promise.all([hub.settle(), ...(round > 0 ? all.map(i => ofPeople(i, round)) : []), moving()])
      await hub.settle()
    }
    const [{ unlinked, calls } = { unlinked: -1, calls: 0 }] = await sql<{ unlinked: number; calls: number }>(
      `select count(*) filter (where customer_id is null)::int as unlinked, count(*)::int as calls from call.call
       where external_id like '%-pbx-%'`,
    )
    expect({ unlinked, isMany: calls > NUMBERS * 2 * (ROUNDS - 1) }).toEqual({ unlinked: 0, isMany: true })
    expect(await sql('select state, count(*)::int from sync.inbox group by state')).toEqual([
      { state: 'APPLIED', count: expect.any(Number) },
    ])
    await sql('select pg_stat_force_next_flush()')
    expect(await sql('select deadlocks::int from pg_stat_database where datname = current_database()')).toEqual([
      { deadlocks: 0 },
    ])
  })
})
