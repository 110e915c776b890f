import { beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let li: string
let south: string

beforeAll(async () => {
  hub = await startHub()
  ;[li, south] = (await givenCustomers(
    hub,
    {
      name: '李娜13700137000',
      phone: '13811110001',
      otherPhones: ['010-88886666'],
      tags: ['VIP'],
      ownerId: 'agent-north-1',
    },
    { name: '王芳', phone: '13811110002', source: '展会', ownerId: 'agent-south-1' },
  )) as [string, string]
})

const BY_PHONE = 'query($number: String!) { customersByPhone(number: $number) { id } }'
const LIST =
  'query($filter: CustomerFilter, $orderBy: CustomerOrder) { customers(filter: $filter, orderBy: $orderBy) { nodes { id } } }'
const listed = async (person: string, filter: object, orderBy = 'UPDATED_DESC') => {
  const { data, errors } = await hub.as(person).ask(LIST, { filter, orderBy })
  const [error] = errors ?? []
  return error ? error.extensions!.code : data!.customers.nodes.map(({ id }: { id: string }) => id)
}
const actionsOn = async (customerId: string) => {
  const { auditTrail } = await hub
    .as('admin')
    .query('query($id: ID) { auditTrail(filter: { customerId: $id }) { nodes { action actor { id } } } }', {
      id: customerId,
    })
  return auditTrail.nodes
}

describe('C4: looking up by full number', () => {
  it.each(['13811110001', '+86 138 1111 0001', '0086-138-1111-0001', '１３８１１１１０００１', '01088886666'])(
    'finds the customer by %s, and is audited',
    async number => {
      expect(await hub.as('agent-north-1').query(BY_PHONE, { number })).toEqual({ customersByPhone: [{ id: li }] })
      expect(await actionsOn(li)).toContainEqual({ action: 'Customer.lookedUp', actor: { id: 'agent-north-1' } })
    },
  )

  it('finds nobody the viewer may not see, no more than an unknown number does', async () => {
    const agent = hub.as('agent-north-2')
    for (const number of ['13811110002', '13899999999', 'no number', ''])
      expect(await agent.query(BY_PHONE, { number })).toEqual({ customersByPhone: [] })
  })

  it.each(['analyst', 'auditor'])('is not for %s', async person => {
    expect(await hub.as(person).problems(BY_PHONE, { number: '13811110001' })).toEqual(['FORBIDDEN customersByPhone'])
  })

  it('stops after 20 misses in an hour and 60 in a day, even for numbers one may see, and tells the supervisor', async () => {
    const agent = hub.as('agent-south-1')
    const miss = (n: number) => agent.problems(BY_PHONE, { number: `1390000${String(n).padStart(4, '0')}` })
    const SPENT = ['RATE_LIMITED customersByPhone']
    for (let hour = 0; hour < 3; hour++) {
      for (let n = 0; n < 20; n++) expect(await miss(n)).toEqual([])
      expect(await miss(20)).toEqual(SPENT)
      expect(await agent.problems(BY_PHONE, { number: '13811110002' })).toEqual(SPENT)
      hub.clock.advance({ minutes: 61 })
    }
    expect(await miss(21)).toEqual(SPENT)
    const { alerts } = await hub.as('supervisor-south').query('{ alerts { nodes { kind } } }')
    expect(alerts.nodes.length).toBeGreaterThan(0)
    hub.clock.advance({ days: 1 })
    expect(await agent.query(BY_PHONE, { number: '13811110002' })).toEqual({ customersByPhone: [{ id: south }] })
  })
})

describe('C4: searching in lists', () => {
  it('finds by the last four digits within one’s own rows, audited and limited', async () => {
    expect(await listed('supervisor-north', { phoneEndsWith: '0001' })).toEqual([li])
    expect(await listed('supervisor-north', { phoneEndsWith: '0002' })).toEqual([])
    for (let n = 2; n < 20; n++) expect(await listed('supervisor-north', { phoneEndsWith: '6666' })).toEqual([li])
    expect(await listed('supervisor-north', { phoneEndsWith: '0001' })).toBe('RATE_LIMITED')
    const { auditTrail } = await hub
      .as('admin')
      .query('{ auditTrail(first: 100, filter: { actor: "supervisor-north" }) { nodes { action } } }')
    expect(auditTrail.nodes).toContainEqual({ action: 'Customer.searchedByTail' })
  })

  it.each(['', '001', '10001', '000a', '****', '%001'])('refuses %j for last four digits', async phoneEndsWith => {
    expect(await listed('admin', { phoneEndsWith })).toBe('BAD_USER_INPUT')
  })

  it('finds by name where names are read, whole or in part, and takes it literally', async () => {
    expect(await listed('agent-north-1', { nameContains: '李' })).toEqual([li])
    expect(await listed('agent-north-1', { nameContains: '王' })).toEqual([])
    expect(await listed('agent-north-1', { nameContains: '%' })).toEqual([])
    expect(await listed('agent-north-1', { nameContains: '_' })).toEqual([])
    expect(await listed('admin', {}, 'NAME_ASC')).toHaveLength(2)
  })

  it.each(['137', '1x3x7', '１３７', '①37', 'a@', '1\n3\n7'])('refuses to search names by %j', async nameContains => {
    const refused = /①/.test(nameContains) ? [] : 'BAD_USER_INPUT'
    expect(await listed('admin', { nameContains })).toEqual(refused)
  })

  it('keeps no number in a name, so that none is found there', async () => {
    const { customer } = await hub.as('admin').query('query($id: ID!) { customer(id: $id) { name } }', { id: li })
    expect(customer.name).toBe('李娜')
    expect(await listed('admin', { nameContains: '13' })).toEqual([])
  })

  it.each(['analyst', 'auditor'])('does not let %s search or sort by names', async person => {
    expect(await listed(person, { nameContains: '李' })).toBe('FORBIDDEN')
    expect(await listed(person, {}, 'NAME_ASC')).toBe('FORBIDDEN')
    expect(await hub.as(person).ask(LIST, { filter: { nameContains: '李' } })).toMatchObject({
      errors: [{ message: expect.stringContaining('name') }],
    })
  })

  it('narrows by each of the other filters', async () => {
    expect(await listed('admin', { tag: 'VIP' })).toEqual([li])
    expect(await listed('admin', { tag: 'VI' })).toEqual([])
    expect(await listed('admin', { tag: '137001' })).toBe('BAD_USER_INPUT')
    expect(await listed('admin', { source: '展会' })).toEqual([south])
    expect(await listed('admin', { ownerId: 'agent-north-1' })).toEqual([li])
    expect(await listed('admin', { teamId: 'south' })).toEqual([south])
    expect(await listed('admin', { inPool: true })).toEqual([])
    expect(await listed('admin', { ids: [li, 'none'] })).toEqual([li])
    expect(await listed('admin', { stage: ['WON'] })).toEqual([])
    expect(await listed('admin', { doNotCall: false, stage: ['LEAD'] })).toHaveLength(2)
    expect(await listed('admin', { updatedSince: '2030-01-01T00:00:00Z' })).toEqual([])
    expect(await listed('admin', { archived: true })).toEqual([])
  })
})
