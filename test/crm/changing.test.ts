import { beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startHub()
})

const CREATE = `mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer {
  id version name stage tags phone { masked } owner { id } team { id } } } }`
const UPDATE = `mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer {
  version name stage tags doNotCall company otherPhones { masked } } } }`
const ASSIGN =
  'mutation($id: ID!, $to: ID) { assignCustomer(id: $id, agentId: $to) { customer { owner { id } team { id } } } }'
const DELETE = 'mutation($id: ID!) { deleteCustomer(id: $id) { id } }'
const READ = `query($id: ID!) { customer(id: $id) {
  version archivedAt deals { nodes { id } } followUps { nodes { id } } calls { nodes { id } } } }`
const BY_PHONE = 'query($number: String!) { customersByPhone(number: $number) { id } }'

let phones = 0
const freshPhone = () => `1360000${String(++phones).padStart(4, '0')}`
const given = async (more: object = {}) => {
  const [id] = await givenCustomers(hub, { ownerId: 'agent-north-1', ...more })
  const { customer } = await hub.as('admin').query(READ, { id })
  return { id: id!, version: customer.version as number }
}
const codeOf = async (person: string, query: string, variables: object) => {
  const { errors } = await hub.as(person).ask(query, { ...variables })
  const { code, field } = errors?.[0]?.extensions ?? {}
  return field ? `${code} ${field}` : code
}

describe('A11: making a customer', () => {
  it('gives an agent a customer of their own, the name cleaned, the number masked at once', async () => {
    const input = { name: '李总 (展会)', phone: '+86 136 1234 9876', tags: ['VIP'] }
    const { createCustomer } = await hub.as('agent-north-1').query(CREATE, { input })
    expect(createCustomer.customer).toMatchObject({
      version: 1,
      name: '李',
      stage: 'LEAD',
      tags: ['VIP'],
      phone: { masked: '136****9876' },
      owner: { id: 'agent-north-1' },
      team: { id: 'north' },
    })
  })

  it('answers ALREADY_OWNED and nothing more for a number that somebody else cares for', async () => {
    const phone = freshPhone()
    await given({ phone, ownerId: 'agent-south-1', name: '赵敏' })
    const answer = await hub.as('agent-north-1').ask(CREATE, { input: { name: '某人', phone: `0086${phone}` } })
    expect(answer.errors).toHaveLength(1)
    expect(answer.errors![0]!.extensions).toEqual(expect.objectContaining({ code: 'ALREADY_OWNED' }))
    expect(JSON.stringify(answer)).not.toMatch(/赵敏|south/)
  })

  it('tells a number in the pool from one of one’s own', async () => {
    const [own, pooled] = [freshPhone(), freshPhone()]
    const { id } = await given({ phone: own })
    await given({ phone: pooled, ownerId: null })
    const create = (phone: string) => hub.as('agent-north-1').ask(CREATE, { input: { name: '某人', phone } })
    expect((await create(own)).errors![0]!.extensions).toMatchObject({ code: 'CONFLICT', id })
    const { errors } = await create(pooled)
    expect(errors![0]!.extensions).toMatchObject({ code: 'CONFLICT' })
    expect(errors![0]!.extensions).not.toHaveProperty('id')
  })

  it('sees one’s own customer among several who share the number', async () => {
    const phone = freshPhone()
    await given({ phone, ownerId: 'agent-south-1' })
    const { id } = await given({ phone })
    const { errors } = await hub.as('agent-north-1').ask(CREATE, { input: { name: '某人', phone } })
    expect(errors![0]!.extensions).toMatchObject({ code: 'CONFLICT', id })
  })

  it('spends the budget for probing, and then answers the same for known and unknown numbers', async () => {
    const phone = freshPhone()
    await given({ phone, ownerId: 'agent-south-1' })
    const input = { name: '某人', phone }
    for (let n = 0; n < 20; n++) expect(await codeOf('agent-north-2', CREATE, { input })).toBe('ALREADY_OWNED')
    expect(await codeOf('agent-north-2', CREATE, { input })).toBe('RATE_LIMITED')
    expect(await codeOf('agent-north-2', CREATE, { input: { ...input, phone: freshPhone() } })).toBe('RATE_LIMITED')
    expect(await codeOf('agent-north-2', BY_PHONE, { number: phone })).toBe('RATE_LIMITED')
  })

  it.each([
    ['agent-north-1', { email: 'a@example.com' }, 'FORBIDDEN'],
    ['agent-north-1', { ownerId: 'agent-north-2' }, 'FORBIDDEN'],
    ['agent-north-1', { phone: '12' }, 'BAD_USER_INPUT input.phone'],
    ['agent-north-1', { name: '(老客户)' }, 'BAD_USER_INPUT input.name'],
    ['supervisor-north', { ownerId: 'agent-south-1' }, 'NOT_FOUND'],
    ['supervisor-north', { ownerId: 'analyst' }, 'NOT_FOUND'],
    ['analyst', {}, 'FORBIDDEN'],
    ['auditor', {}, 'FORBIDDEN'],
  ])('is refused to %s with %j: %s', async (person, more, code) => {
    expect(await codeOf(person, CREATE, { input: { name: '某人', phone: freshPhone(), ...more } })).toBe(code)
  })

  it('makes one customer of a number that two enter at once', async () => {
    const input = { name: '同时', phone: freshPhone() }
    const codes = await Promise.all(['agent-south-1', 'agent-south-2'].map(person => codeOf(person, CREATE, { input })))
    expect(codes.sort()).toEqual(['ALREADY_OWNED', undefined])
  })
})

describe('C6: changing a customer', () => {
  it('lets agents change name, numbers, stage, tags and do-not-call of their own', async () => {
    const { id, version } = await given()
    const input = {
      id,
      version,
      name: '王磊',
      addPhone: '010 8888 6667',
      stage: 'WON',
      tags: ['A', 'A'],
      doNotCall: true,
    }
    const { updateCustomer } = await hub.as('agent-north-1').query(UPDATE, { input })
    expect(updateCustomer.customer).toMatchObject({
      name: '王磊',
      stage: 'WON',
      tags: ['A'],
      doNotCall: true,
      otherPhones: [{ masked: expect.stringMatching(/^010\*+/) }],
    })
    expect(updateCustomer.customer.version).toBeGreaterThan(version)
    expect(await hub.as('agent-north-1').query(BY_PHONE, { number: '01088886667' })).toEqual({
      customersByPhone: [{ id }],
    })
  })

  it.each([
    [{ company: '公司' }],
    [{ email: 'a@example.com' }],
    [{ extra: { a: 1 } }],
    [{ internalNote: null }],
    [{ doNotCall: false, reason: '客户要求' }],
  ])('keeps agents from %j', async change => {
    const { id, version } = await given()
    expect(await codeOf('agent-north-1', UPDATE, { input: { id, version, ...change } })).toBe('FORBIDDEN')
  })

  it('is NOT_FOUND for whom the customer is not there, FORBIDDEN for who may only look', async () => {
    const { id, version } = await given()
    for (const person of ['agent-north-2', 'supervisor-south'])
      expect(await codeOf(person, UPDATE, { input: { id, version, name: '王' } })).toBe('NOT_FOUND')
    for (const person of ['analyst', 'auditor'])
      expect(await codeOf(person, UPDATE, { input: { id, version, name: '王' } })).toBe('FORBIDDEN')
  })

  it('lets a supervisor allow calls again only with a reason, which the audit keeps without numbers', async () => {
    const { id, version } = await given({ doNotCall: true })
    const boss = 'supervisor-north'
    expect(await codeOf(boss, UPDATE, { input: { id, version, doNotCall: false, reason: ' ' } })).toBe(
      'BAD_USER_INPUT input.reason',
    )
    const input = { id, version, doNotCall: false, reason: '客户 13800138000 来电要求' }
    expect((await hub.as(boss).query(UPDATE, { input })).updateCustomer.customer.doNotCall).toBe(false)
    const { auditTrail } = await hub
      .as('admin')
      .query('query($id: ID!) { auditTrail(filter: { customerId: $id }) { nodes { action detail } } }', { id })
    const told = auditTrail.nodes.find(({ action }: { action: string }) => action === 'Customer.mayBeCalled')
    expect(told.detail.reason).toMatch(/^客户 .*来电要求$/)
    expect(JSON.stringify(auditTrail)).not.toContain('13800138000')
  })

  it('refuses an older version, and one of two who change the same version at once', async () => {
    const { id, version } = await given()
    hub.clock.advance({ seconds: 1 })
    const input = (addPhone: string) => ({ id, version, addPhone })
    const codes = await Promise.all(
      [1, 2, 3, 4].map(() => codeOf('agent-north-1', UPDATE, { input: input(freshPhone()) })),
    )
    expect(codes.filter(code => code === undefined)).toHaveLength(1)
    expect(codes.filter(code => code === 'CONFLICT')).toHaveLength(3)
  })

  it('sets custom fields by key, takes one away with null and all of them with null as a whole', async () => {
    const { id } = await given()
    const EXTRA =
      'mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { version extra } } }'
    const boss = hub.as('supervisor-north')
    let { version } = (await boss.query(READ, { id })).customer
    const change = async (extra: unknown) => {
      const { customer } = (await boss.query(EXTRA, { input: { id, version, extra } })).updateCustomer
      version = customer.version
      return customer.extra
    }
    expect(await change({ a: 1, wechat: '13700137000' })).toEqual({ a: 1, wechat: '13700137000' })
    const own = 'query($id: ID!) { customer(id: $id) { extra(keys: ["wechat"]) } }'
    const { customer } = await hub.as('agent-north-1').query(own, { id })
    expect(JSON.stringify(customer.extra)).not.toContain('13700137000')
    expect(await change({ a: null })).toEqual({ wechat: '13700137000' })
    expect(await change(null)).toEqual({})
  })
})

describe('C6: who cares for a customer', () => {
  it('changes for them, their deals, follow-ups and calls at once', async () => {
    const phone = freshPhone()
    const { id } = await given({ phone, deals: [{}], followUps: [{}] })
    const call = { callId: `moved-${id}`, direction: 'inbound', from: phone }
    await hub.happen({ ...call, type: 'call.started', legId: 'a' }, { callId: call.callId, type: 'call.ended' })
    const boss = hub.as('supervisor-north')
    expect((await boss.query(ASSIGN, { id, to: 'agent-north-2' })).assignCustomer.customer).toEqual({
      owner: { id: 'agent-north-2' },
      team: { id: 'north' },
    })
    const { customer } = await hub.as('agent-north-2').query(READ, { id })
    expect([customer.deals, customer.followUps, customer.calls].map(({ nodes }) => nodes.length)).toEqual([1, 1, 1])
    expect((await hub.as('agent-north-1').query(READ, { id })).customer).toBeNull()
    const before = hub.as('agent-north-1')
    const followUp = customer.followUps.nodes[0].id
    expect(
      await codeOf('agent-north-1', 'mutation($id: ID!) { completeFollowUp(id: $id) { followUp { id } } }', {
        id: followUp,
      }),
    ).toBe('NOT_FOUND')
    const { followUps } = await before.query(
      'query($id: ID) { followUps(filter: { customerId: $id }) { nodes { id } } }',
      { id },
    )
    expect(followUps.nodes).toEqual([])
  })

  it.each([
    ['agent-north-1', 'agent-north-2', 'FORBIDDEN'],
    ['supervisor-north', 'agent-south-1', 'NOT_FOUND'],
    ['supervisor-south', 'agent-south-1', 'NOT_FOUND'],
    ['supervisor-north', 'nobody', 'NOT_FOUND'],
    ['analyst', 'agent-north-2', 'NOT_FOUND'],
  ])('is not changed by %s to %s: %s', async (person, to, code) => {
    const { id } = await given()
    expect(await codeOf(person, ASSIGN, { id, to })).toMatch(new RegExp(`^(?:${code}|NOT_FOUND)$`))
  })

  it('is nobody once they are in the pool, where administrators find them', async () => {
    const { id } = await given()
    const { assignCustomer } = await hub.as('supervisor-north').query(ASSIGN, { id, to: null })
    expect(assignCustomer.customer).toBeNull()
    const { customers } = await hub
      .as('admin')
      .query(
        'query($id: ID!) { customers(filter: { ids: [$id], inPool: true }) { nodes { owner { id } team { id } } } }',
        { id },
      )
    expect(customers.nodes).toEqual([{ owner: null, team: null }])
  })

  it('never leaves a follow-up with the owner before, however they cross', async () => {
    const { id } = await given()
    const add = 'mutation($id: ID!) { addFollowUp(input: { customerId: $id, channel: PHONE }) { followUp { id } } }'
    await Promise.all([
      ...Array.from({ length: 6 }, () => hub.as('supervisor-north').ask(add, { id })),
      ...['agent-north-2', 'agent-north-1', 'agent-north-2'].map(to => hub.as('admin').query(ASSIGN, { id, to })),
    ])
    const { rows } = await hub.kernel
      .systemEm()
      .getConnection()
      .execute<{ rows: unknown[] }>(
        'select 1 from crm.follow_up f join crm.customer c on c.id = f.customer_id where f.owner_id is distinct from c.owner_id',
        [],
        'run',
      )
    expect(rows).toEqual([])
  })
})

describe('C6: putting a customer away', () => {
  it('is for administrators, and they are found no more by number', async () => {
    const phone = freshPhone()
    const { id } = await given({ phone })
    expect(await codeOf('agent-north-1', DELETE, { id })).toBe('FORBIDDEN')
    expect(await codeOf('supervisor-north', DELETE, { id })).toBe('FORBIDDEN')
    const admin = hub.as('admin')
    expect(await admin.query(DELETE, { id })).toEqual({ deleteCustomer: { id } })
    expect((await admin.query(READ, { id })).customer.archivedAt).toBe(hub.clock.now().toISOString())
    expect(await admin.query(BY_PHONE, { number: phone })).toEqual({ customersByPhone: [] })
    const list = 'query($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } } }'
    expect((await admin.query(list, { filter: { ids: [id] } })).customers.nodes).toEqual([])
    expect((await admin.query(list, { filter: { ids: [id], archived: true } })).customers.nodes).toEqual([{ id }])
    expect(await codeOf('agent-south-1', CREATE, { input: { name: '新人', phone } })).toBeUndefined()
  })
})
