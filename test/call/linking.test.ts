import { beforeAll, describe, expect, it } from 'vitest'
import { CreateCustomerDocument, LinkCallDocument } from '../../schema/operations/generated/graphql.js'
import { loadCalls } from '../../subgraphs/call/index.js'
import { loadCustomers } from '../../subgraphs/crm/index.js'
import { cursorNow } from '../kit/cursorNow.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub

beforeAll(async () => {
  hub = await startHub()
})

let made = 0
/** An inbound call that rings at 1001, which is agent-north-1's; of so long ago. Returns its id in the hub. */
async function rang(from: string, minutesAgo = 0): Promise<string> {
  const callId = `linking-${++made}`
  const at = new Date(hub.clock.now().getTime() - minutesAgo * 60_000).toISOString()
  await hub.happen(
    { callId, at, type: 'call.started', legId: 'a', direction: 'inbound', from, to: '4008001234' },
    { callId, at, type: 'call.ringing', legId: 'b', extension: '1001' },
  )
  return (await sql<{ id: string }>('select id from call.call where external_id = ?', [callId]))[0]!.id
}

const sql = async <T>(query: string, values: unknown[] = []): Promise<T[]> =>
  (await hub.kernel.systemEm().getConnection().execute<{ rows: T[] }>(query, values, 'run')).rows

const LIVE = 'subscription($after: Cursor) { callUpdated(after: $after) { kind call { id customer { name } } } }'
/** Follows calls from this moment on. */
const follow = async (person: string) => hub.as(person).subscribe(LIVE, { after: await cursorNow(hub) })
const rate = '($from: DateTime!, $to: DateTime!) { unlinkedRate(from: $from, to: $to) { calls unlinked rate } }'

describe('A10: a call that waited for its customer', () => {
  it('is linked when one is made with its number, which subscribers are told and the audit says', async () => {
    const id = await rang('13811110001')
    const live = await follow('supervisor-north')
    const { createCustomer } = await hub
      .as('agent-north-1')
      .run(CreateCustomerDocument, { input: { name: '钱进', phone: '138 1111 0001' } })
    expect((await live.next()).data).toEqual({
      callUpdated: { kind: 'LINKED', call: { id, customer: { name: '钱进' } } },
    })
    const { auditTrail } = await hub
      .as('auditor')
      .query(
        'query($id: ID!) { auditTrail(filter: { subjectId: $id }) { nodes { action kind actor { id } detail } } }',
        { id },
      )
    expect(auditTrail.nodes[0]).toEqual({
      action: 'Call.linked',
      kind: 'SYNC',
      actor: { id: 'agent-north-1' },
      detail: { by: 'NUMBER' },
    })
    expect(createCustomer!.customer).not.toBeNull()
  })

  it('opens its customer to whom it still rings at', async () => {
    const id = await rang('13811110002')
    const [customer] = await givenCustomers(hub, { name: '高洁', phone: '13811110002', ownerId: 'agent-south-1' })
    const seen = await hub
      .as('agent-north-1')
      .query('query($id: ID!, $customer: ID!) { call(id: $id) { status } customer(id: $customer) { name } }', {
        id,
        customer,
      })
    expect(seen).toEqual({ call: { status: 'RINGING' }, customer: { name: '高洁' } })
  })

  it('of long ago is linked as well, and no screen is told', async () => {
    const id = await rang('13811110003', 120)
    await hub.happen({ callId: `linking-${made}`, type: 'call.ended' })
    const live = await follow('admin')
    await givenCustomers(hub, { name: '旧客', phone: '13811110003' })
    const now = await rang('13811110004')
    expect((await live.next()).data!.callUpdated).toMatchObject({ kind: 'DIALING', call: { id: now } })
    const { call } = await hub.as('admin').query('query($id: ID!) { call(id: $id) { customer { name } } }', { id })
    expect(call.customer.name).toBe('旧客')
  })

  it('gets candidates where several have its number, of whom a person chooses one', async () => {
    const id = await rang('13811110005')
    const ids = await givenCustomers(hub, { phone: '13811110005' }, { phone: '13811110005' })
    const ask = async () =>
      (await hub.as('admin').query('query($id: ID!) { call(id: $id) { customer { id } candidates { id } } }', { id }))
        .call
    expect(await ask()).toEqual({ customer: null, candidates: expect.arrayContaining(ids.map(one => ({ id: one }))) })
    await hub.as('agent-north-1').run(LinkCallDocument, { callId: id, customerId: ids[0]! })
    expect(await ask()).toEqual({ customer: { id: ids[0] }, candidates: null })
  })

  it('keeps its number and its recording under the key of that customer from then on', async () => {
    const id = await rang('13811110006')
    await hub.happen({ callId: `linking-${made}`, type: 'call.recording', recording: '/var/13811110006.wav' })
    const subjects = () =>
      sql<{ subject_id: string }>(
        `select distinct k.subject_id from call.call c cross join lateral unnest(array[c.phone_cipher, c.recording_cipher]) b
         join hub.data_key k on replace(k.id::text, '-', '') = encode(substring(b from 2 for 16), 'hex') where c.id = ?`,
        [id],
      )
    expect((await subjects())[0]!.subject_id).toMatch(/^number:/)
    const [customer] = await givenCustomers(hub, { phone: '13811110006' })
    expect(await subjects()).toEqual([{ subject_id: customer }])
  })

  it('is not lost among thousands that wait for the same customers', { timeout: 60_000 }, async () => {
    const CALLS = 6_000
    const startedAt = new Date('2026-10-01T02:00:00Z')
    const past = {
      direction: 'INBOUND',
      outcome: 'NO_ANSWER',
      agentId: null,
      teamId: 'north',
      queue: null,
      lineId: null,
    }
    const times = { startedAt, ringingAt: null, answeredAt: null, endedAt: startedAt, disposition: null }
    await loadCalls(
      hub.kernel,
      'history',
      Array.from({ length: CALLS }, (_, i) => ({
        ...past,
        ...times,
        externalId: `past-${i}`,
        number: `1372222${String(i % 100).padStart(4, '0')}`,
      })) as never,
    )
    const range = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' }
    expect((await hub.as('admin').query(`query${rate}`, range)).unlinkedRate).toEqual({
      calls: CALLS,
      unlinked: CALLS,
      rate: 1,
    })
    await loadCustomers(hub.kernel, 'crm-of-many', {
      customers: Array.from({ length: 100 }, (_, i) => ({
        id: `many-${i}`,
        name: '王伟',
        phone: `1372222${String(i).padStart(4, '0')}`,
        otherPhones: [],
        email: null,
        address: null,
        company: null,
        stage: 'LEAD',
        stageLabel: '潜在',
        source: '官网',
        tags: [],
        doNotCall: false,
        ownerId: null,
        createdAt: startedAt,
        updatedAt: startedAt,
      })),
      deals: [],
      followUps: [],
    })
    expect((await hub.as('admin').query(`query${rate}`, range)).unlinkedRate).toEqual({
      calls: CALLS,
      unlinked: 0,
      rate: 0,
    })
    const [{ n }] = (await sql<{ n: string }>(
      `select count(*) as n from hub.audit_entry a join call.call c on c.id::text = a.subject_id
       where a.action = 'Call.linked' and c.system_id = 'history' and a.customer_id = c.customer_id`,
    )) as [{ n: string }]
    expect(Number(n)).toBe(CALLS)
  })
})

describe('A10: the rate of unlinked calls', () => {
  const day = { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }
  const at = '2026-11-20T03:00:00Z'

  it('counts calls with the outside that the viewer may see, and no others', async () => {
    await givenCustomers(hub, { phone: '13833330001', ownerId: 'agent-north-1' })
    const call = (callId: string, extension: string, more: object) => [
      { callId, at, type: 'call.started', legId: 'a', direction: 'inbound', to: '400', ...more },
      { callId, at, type: 'call.connected', legId: 'b', extension },
    ]
    await hub.happen(
      ...call('rate-1', '1001', { from: '13833330001' }),
      ...call('rate-2', '1001', { from: '13833330002' }),
      ...call('rate-3', '1002', { from: 'anonymous' }),
      ...call('rate-4', '2001', { from: '13833330003' }),
      ...call('rate-5', '1001', { from: '1002', direction: 'internal' }),
    )
    const ask = async (person: string) => (await hub.as(person).query(`query${rate}`, day)).unlinkedRate
    expect(await ask('admin')).toEqual({ calls: 4, unlinked: 3, rate: 0.75 })
    expect(await ask('supervisor-north')).toEqual({ calls: 3, unlinked: 2, rate: 2 / 3 })
    expect(await ask('agent-north-1')).toEqual({ calls: 2, unlinked: 1, rate: 0.5 })
    expect(await ask('agent-south-2')).toEqual({ calls: 0, unlinked: 0, rate: null })
  })

  it('is asked of a time that begins before it ends, and of a quarter at most', async () => {
    const problems = (range: object) => hub.as('admin').problems(`query${rate}`, range)
    expect(await problems({ from: day.to, to: day.from })).toEqual(['BAD_USER_INPUT unlinkedRate'])
    expect(await problems({ from: '2026-01-01T00:00:00Z', to: day.to })).toEqual(['BAD_USER_INPUT unlinkedRate'])
  })
})

it('A10: a call is linked by a person also while the phone system tells of it', async () => {
  const callId = await rang('13811119009')
  const [customerId] = await givenCustomers(hub, { phone: '13811119010', ownerId: 'agent-north-1' })
  const externalId = `linking-${made}`
  const own = { callId: externalId, legId: 'b', extension: '1001' }
  const tell = async () => {
    for (const type of ['call.answered', 'call.connected', 'call.held', 'call.resumed', 'call.held', 'call.ended'])
      await hub.happen({ ...own, type })
  }
  const admin = hub.as('admin')
  const links = Array.from({ length: 6 }, () => admin.try(LinkCallDocument, { callId, customerId: customerId! }))
  const [, ...answers] = await Promise.all([tell(), ...links])
  expect(answers.flatMap(({ errors = [] }) => errors)).toEqual([])
  const { call } = await admin.query('query($id: ID!) { call(id: $id) { status customer { id } } }', { id: callId })
  expect(call).toEqual({ status: 'ENDED', customer: { id: customerId } })
})
