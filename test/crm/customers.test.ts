import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let north: string
let south: string

beforeAll(async () => {
  hub = await startHub({ limits: { requests: { burst: 1e6, perSecond: 1e6 } } })
  ;[north, south] = (await givenCustomers(
    hub,
    {
      name: '马骏',
      phone: '13611110001',
      ownerId: 'agent-north-1',
      deals: [{ title: '甲', cost: '60.00' }],
      followUps: [{}],
    },
    { name: '朱琳', phone: '13611110002', ownerId: 'agent-south-1' },
  )) as [string, string]
})

const ONE = `query($id: ID!) { customer(id: $id) {
  name internalNote deals { nodes { title cost { amount } } } followUps { nodes { note } } } }`
const UPDATE =
  'mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { version name tags company doNotCall } } }'
const versionOf = async (id: string): Promise<number> =>
  (await hub.as('admin').query('query($id: ID!) { customer(id: $id) { version } }', { id })).customer.version

describe('C6: customers', () => {
  it.each([
    ['agent-north-1', '马骏', null],
    ['agent-north-2', null, null],
    ['supervisor-north', '马骏', null],
    ['supervisor-south', null, '朱琳'],
    ['admin', '马骏', '朱琳'],
    ['analyst', '马*', '朱*'],
    ['auditor', '马*', '朱*'],
  ])('%s sees those who are theirs to see, in the way that is theirs', async (person, first, second) => {
    const name = async (id: string) => (await hub.as(person).ask(ONE, { id })).data.customer?.name ?? null
    expect([await name(north), await name(south)]).toEqual([first, second])
  })

  it('show what is restricted as null, with FORBIDDEN at its path, to those who may not see it', async () => {
    expect(await hub.as('agent-north-1').problems(ONE, { id: north })).toEqual([
      'FORBIDDEN customer.internalNote',
      'FORBIDDEN customer.deals.nodes.0.cost',
    ])
    expect(await hub.as('supervisor-north').problems(ONE, { id: north })).toEqual([])
  })

  it('are changed by those who may, field by field; another one’s customer does not exist', async () => {
    const li = hub.as('agent-north-1')
    const version = await versionOf(north)
    const { updateCustomer } = await li.query(UPDATE, {
      input: { id: north, version, name: '马骏（老客户）', tags: ['VIP'] },
    })
    expect(updateCustomer.customer).toMatchObject({ name: '马骏', tags: ['VIP'], version: version + 1 })
    const next = { id: north, version: version + 1 }
    expect(await li.problems(UPDATE, { input: { ...next, company: '某公司' } })).toEqual(['FORBIDDEN updateCustomer'])
    expect(await li.problems(UPDATE, { input: { id: south, version: 1, tags: ['x'] } })).toEqual([
      'NOT_FOUND updateCustomer',
    ])
    expect(await li.problems(UPDATE, { input: { id: north, version, tags: ['x'] } })).toEqual([
      'CONFLICT updateCustomer',
    ])
    expect(await hub.as('analyst').problems(UPDATE, { input: { ...next, tags: ['x'] } })).toEqual([
      'FORBIDDEN updateCustomer',
    ])
  })

  it('who want no calls are called again only with a reason, by a supervisor', async () => {
    const input = async (more: object) => ({ input: { id: north, version: await versionOf(north), ...more } })
    const li = hub.as('agent-north-1')
    await li.query(UPDATE, await input({ doNotCall: true }))
    expect(await li.problems(UPDATE, await input({ doNotCall: false, reason: '客户要求' }))).toEqual([
      'FORBIDDEN updateCustomer',
    ])
    const sun = hub.as('supervisor-north')
    expect(await sun.problems(UPDATE, await input({ doNotCall: false }))).toEqual(['BAD_USER_INPUT updateCustomer'])
    expect(
      (await sun.query(UPDATE, await input({ doNotCall: false, reason: '客户来电要求' }))).updateCustomer.customer
        .doNotCall,
    ).toBe(false)
  })

  it('that are given to another team go with their deals, follow-ups and calls', async () => {
    const ASSIGN = 'mutation($id: ID!, $to: ID) { assignCustomer(id: $id, agentId: $to) { customer { id } } }'
    expect(await hub.as('supervisor-north').problems(ASSIGN, { id: north, to: 'agent-south-2' })).toEqual([
      'NOT_FOUND assignCustomer',
    ])
    expect(await hub.as('agent-north-1').problems(ASSIGN, { id: north, to: 'agent-north-2' })).toEqual([
      'NOT_FOUND assignCustomer',
    ])
    await hub.as('admin').query(ASSIGN, { id: north, to: 'agent-south-2' })
    expect((await hub.as('supervisor-north').ask(ONE, { id: north })).data.customer).toBeNull()
    const { customer } = await hub.as('supervisor-south').query(ONE, { id: north })
    expect(customer).toMatchObject({
      deals: { nodes: [{ title: '甲' }] },
      followUps: { nodes: [{ note: '约好下周再谈' }] },
    })
    await hub.as('admin').query(ASSIGN, { id: north, to: 'agent-north-1' })
  })

  it('leave names of fields in the audit, and no value', async () => {
    const { auditTrail } = await hub
      .as('auditor')
      .query('{ auditTrail(filter: { kind: CHANGE }, first: 100) { nodes { action fields detail } } }')
    expect(auditTrail.nodes).toContainEqual(
      expect.objectContaining({ action: 'Customer.updated', fields: expect.arrayContaining(['tags']) }),
    )
    expect(JSON.stringify(auditTrail)).not.toMatch(/马骏|VIP/)
  })
})

describe('A11: a number that somebody has', () => {
  const CREATE = 'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }'
  const create = (person: string, phone: string) => hub.as(person).ask(CREATE, { input: { name: '测试', phone } })

  it('answers ALREADY_OWNED and nothing more to who may not see them, in any writing', async () => {
    const { data, errors } = await create('agent-south-2', '+86 136-1111-0001')
    expect(data).toEqual({ createCustomer: null })
    expect(errors).toEqual([
      expect.objectContaining({
        message: 'Somebody already cares for this customer.',
        extensions: { code: 'ALREADY_OWNED' },
      }),
    ])
  })

  it('names its customer to who may see them', async () => {
    const { errors } = await create('agent-north-1', '013611110001')
    expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', id: north })
  })

  it('cannot be probed for ever', async () => {
    const answers = []
    for (let i = 0; i < 22; i++)
      answers.push((await create('agent-south-2', '13611110001')).errors![0]!.extensions!.code)
    expect(answers.filter(code => code === 'ALREADY_OWNED')).toHaveLength(19)
    expect(answers.slice(19)).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED'])
  })
})

describe('C4: searching', () => {
  it('by a number in any writing finds those one may see, and stops after 20 misses an hour', async () => {
    const sun = hub.as('supervisor-south')
    const LOOK = 'query($number: String!) { customersByPhone(number: $number) { id } }'
    for (const number of ['13611110002', '+8613611110002', '0 136 1111 0002', '１３６１１１１０００２']) {
      expect((await sun.query(LOOK, { number })).customersByPhone).toEqual([{ id: south }])
    }
    for (let i = 0; i < 20; i++)
      expect((await sun.query(LOOK, { number: `1361111${2000 + i}` })).customersByPhone).toEqual([])
    expect(await sun.problems(LOOK, { number: '13611110002' })).toEqual(['RATE_LIMITED customersByPhone'])
    expect(await hub.as('analyst').problems(LOOK, { number: '13611110002' })).toEqual(['FORBIDDEN customersByPhone'])
  })

  it.each([
    ['analyst', '(filter: { nameContains: "马" })', 'FORBIDDEN'],
    ['analyst', '(orderBy: NAME_ASC)', 'FORBIDDEN'],
    ['admin', '(filter: { nameContains: "136" })', 'BAD_USER_INPUT'],
    ['admin', '(filter: { tag: "13611110001" })', 'BAD_USER_INPUT'],
    ['admin', '(filter: { source: "a@b.cn" })', 'BAD_USER_INPUT'],
    ['admin', '(filter: { phoneEndsWith: "136" })', 'BAD_USER_INPUT'],
    ['admin', '(first: 101)', 'BAD_USER_INPUT'],
    ['admin', '(after: "abc")', 'BAD_USER_INPUT'],
  ])('as %s by %s is refused', async (person, args, code) => {
    const [problem] = await hub.as(person).problems(`{ customers${args} { nodes { id } } }`)
    expect(problem?.split(' ')[0]).toBe(code)
  })
})

describe('F5: paging', () => {
  it('gives every row once and in order, in pages of any size, also where sort values are equal', async () => {
    const times = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z', '2026-01-02T00:00:00.000Z'].map(
      time => new Date(time),
    )
    await givenCustomers(
      hub,
      ...Array.from({ length: 37 }, (_, i) => ({
        ownerId: 'agent-north-2',
        updatedAt: times[i % 3]!,
        createdAt: times[(i * 7) % 3]!,
      })),
    )
    const li = hub.as('agent-north-2')
    const PAGE = `query($order: CustomerOrder, $first: Int, $after: Cursor) {
      customers(orderBy: $order, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }`
    const orders = fc.constantFrom('CREATED_ASC', 'CREATED_DESC', 'UPDATED_ASC', 'UPDATED_DESC', 'NAME_ASC')
    await fc.assert(
      fc.asyncProperty(
        orders,
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
        async (order, sizes) => {
          const whole = (await li.query(PAGE, { order, first: 100 })).customers
          const ids: string[] = []
          let page = { hasNextPage: true, endCursor: null as string | null }
          for (let turn = 0; page.hasNextPage; turn++) {
            const { customers } = await li.query(PAGE, {
              order,
              first: sizes[turn % sizes.length],
              after: page.endCursor,
            })
            ids.push(...customers.nodes.map(({ id }: { id: string }) => id))
            page = customers.pageInfo
          }
          expect(ids).toEqual(whole.nodes.map(({ id }: { id: string }) => id))
          expect(new Set(ids).size).toBe(whole.totalCount)
        },
      ),
      { numRuns: 12 },
    )
    const { customers } = await li.query(PAGE, { order: 'CREATED_ASC', first: 2 })
    expect(await li.problems(PAGE, { order: 'UPDATED_ASC', first: 2, after: customers.pageInfo.endCursor })).toEqual([
      'BAD_USER_INPUT customers',
    ])
  })
})
