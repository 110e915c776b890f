import { beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let mine: string
let colleagues: string
let south: string
let pooled: string

beforeAll(async () => {
  hub = await startHub()
  const rich = {
    name: '王总(老客户)',
    phone: '+86 138-1234-5678',
    otherPhones: ['010-8888 6666'],
    email: 'wang@example.com',
    address: '北京市朝阳区建国路1号',
    company: '联系 13700137000 公司',
    tags: ['VIP', '微信13700137000'],
    deals: [{ title: '报价给 13700137000', amount: '1288.00', cost: '900.00' }],
    followUps: [{ note: '请打 13700137000' }],
  }
  const given = ['agent-north-1', 'agent-north-2', 'agent-south-1', null].map(ownerId => ({ ...rich, ownerId }))
  ;[mine, colleagues, south, pooled] = (await givenCustomers(hub, ...given)) as [string, string, string, string]
})

const LIST = '{ customers(first: 100) { totalCount nodes { id } } }'
const ONE = 'query($id: ID!) { customer(id: $id) { id } }'

describe('C6: customers, deals and follow-ups', () => {
  it.each([
    ['agent-north-1', () => [mine]],
    ['agent-north-2', () => [colleagues]],
    ['supervisor-north', () => [mine, colleagues]],
    ['supervisor-south', () => [south]],
    ['admin', () => [mine, colleagues, south, pooled]],
    ['analyst', () => [mine, colleagues, south, pooled]],
    ['auditor', () => [mine, colleagues, south, pooled]],
  ])('%s sees their own share, and the rest as if it were not there', async (person, seen) => {
    const viewer = hub.as(person)
    const { customers } = await viewer.query(LIST)
    expect(customers.nodes.map(({ id }: { id: string }) => id).sort()).toEqual(seen().sort())
    expect(customers.totalCount).toBe(seen().length)
    for (const id of [mine, colleagues, south, pooled]) {
      const { customer } = await viewer.query(ONE, { id })
      expect(customer).toEqual(seen().includes(id) ? { id } : null)
    }
    const { deals, followUps } = await viewer.query('{ deals { totalCount } followUps { totalCount } }')
    expect([deals.totalCount, followUps.totalCount]).toEqual([seen().length, seen().length])
  })

  it('answers an id that is none like one that is not there', async () => {
    expect(await hub.as('admin').query(ONE, { id: "1' or true" })).toEqual({ customer: null })
  })

  it('pages through a list without gap or repeat, and refuses the cursor of another order', async () => {
    const admin = hub.as('admin')
    const page = (after: string | null, orderBy = 'CREATED_ASC') =>
      admin.ask(
        `query($after: Cursor) { customers(first: 3, after: $after, orderBy: ${orderBy}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      )
    const first = (await page(null)).data!.customers
    const second = (await page(first.pageInfo.endCursor)).data!.customers
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
    const ids = [...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id)
    expect(new Set(ids)).toEqual(new Set([mine, colleagues, south, pooled]))
    expect(ids).toHaveLength(4)
    const { errors } = await page(first.pageInfo.endCursor, 'UPDATED_DESC')
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  })
})

const FULL = `query($id: ID!) { customer(id: $id) {
  name company tags internalNote
  phone { masked full reveal kind region } otherPhones { masked } email { masked } address { masked }
  owner { id } team { id } externalIds { system }
  deals { nodes { title amount { amount currency } cost { amount } } }
  followUps { nodes { note author { id } } }
} }`

describe('C3: the values of a customer', () => {
  it('come masked to the agent who cares for them', async () => {
    const { data, errors } = await hub.as('agent-north-1').ask(FULL, { id: mine })
    const { customer } = data!
    expect(customer).toMatchObject({
      name: '王',
      internalNote: null,
      phone: { masked: '138****5678', full: null, reveal: 'REQUESTABLE', kind: 'MOBILE' },
      owner: { id: 'agent-north-1' },
      team: { id: 'north' },
    })
    expect(customer.phone.region).toBeTruthy()
    expect(customer.deals.nodes[0]).toMatchObject({ amount: { amount: '1288.00', currency: 'CNY' }, cost: null })
    expect(JSON.stringify(data)).not.toMatch(/13700137000|wang@example|建国路/)
    expect(errors!.map(({ path, extensions }) => `${extensions?.code} ${path?.join('.')}`).sort()).toEqual([
      'FORBIDDEN customer.deals.nodes.0.cost',
      'FORBIDDEN customer.internalNote',
      'FORBIDDEN customer.phone.full',
    ])
  })

  it('open to a supervisor, each reading audited', async () => {
    const { customer } = await hub.as('supervisor-north').query(FULL, { id: mine })
    expect(customer.phone).toMatchObject({ full: '13812345678', reveal: 'ALLOWED' })
    expect(customer.tags).toEqual(['VIP', '微信13700137000'])
    expect(customer.followUps.nodes[0].note).toBe('请打 13700137000')
    expect(customer.deals.nodes[0].cost).toEqual({ amount: '900.00' })
    const { auditTrail } = await hub
      .as('admin')
      .query(
        'query($id: ID!) { auditTrail(filter: { customerId: $id, kind: ACCESS }) { nodes { action fields actor { id } } } }',
        {
          id: mine,
        },
      )
    for (const [action, field] of [
      ['Customer.revealed', 'phone'],
      ['Customer.revealed', 'tags'],
      ['FollowUp.revealed', 'note'],
      ['Deal.revealed', 'title'],
    ])
      expect(auditTrail.nodes).toContainEqual({ action, fields: [field], actor: { id: 'supervisor-north' } })
  })

  it.each(['analyst', 'auditor'])('show %s names as 王* and nothing that could be revealed', async person => {
    const { data } = await hub.as(person).ask(FULL, { id: south })
    expect(data!.customer).toMatchObject({
      name: '王*',
      phone: { masked: '138****5678', full: null, reveal: 'DENIED' },
    })
    expect(JSON.stringify(data)).not.toMatch(/13700137000|wang@example|900\.00/)
  })
})
