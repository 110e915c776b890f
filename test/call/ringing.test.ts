import { beforeAll, describe, expect, it } from 'vitest'
import { CreateCustomerDocument, LinkCallDocument } from '../../schema/operations/generated/graphql.js'
import type { Live, TestClient } from '../kit/client.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

const LIVE = `subscription {
  callUpdated {
    kind
    call {
      id status direction
      customerPhone { masked region full }
      customer { id name stage phone { masked region } followUps(first: 3) { nodes { note } } calls(first: 3) { nodes { id } } deals { nodes { title } } }
      candidates { id name stage }
      agent { id }
    }
  }
}`

let hub: TestHub
let li: TestClient
let wang: TestClient

beforeAll(async () => {
  hub = await startHub()
  li = hub.as('agent-north-1')
  wang = hub.as('agent-south-1')
})

let calls = 0
/** An inbound call that rings at 1001, which is Li's. */
async function ring(from: string, extension = '1001'): Promise<string> {
  const callId = `ring-${++calls}`
  await hub.happen(
    { callId, type: 'call.started', legId: 'a', direction: 'inbound', from, to: '4008001234', line: 'trunk-telecom' },
    { callId, type: 'call.ringing', legId: 'b', extension },
  )
  return callId
}

async function ringing(live: Live<any>) {
  for (;;) {
    const { data, errors } = await live.next()
    if (data?.callUpdated.kind === 'RINGING') return { call: data.callUpdated.call, errors }
  }
}

describe('B1: a ringing call', () => {
  it('reaches the agent with the one matching customer, masked, although it is not theirs, and nobody else', async () => {
    const [id] = await givenCustomers(hub, {
      name: '孙丽',
      phone: '13811112222',
      ownerId: 'agent-south-1',
      stage: 'QUALIFIED',
      followUps: [{ note: '请回电 13811112222' }],
      deals: [{ title: '不给看' }],
    })
    const seen = await li.query('query($id: ID!) { customer(id: $id) { id } }', { id })
    expect(seen.customer).toBeNull()
    const live = await li.subscribe(LIVE)
    const other = await hub.as('agent-north-2').subscribe(LIVE)
    await ring('+86 138 1111 2222')
    const { call } = await ringing(live)
    expect(call).toMatchObject({
      status: 'RINGING',
      direction: 'INBOUND',
      customerPhone: { masked: '138****2222', full: null },
      customer: {
        id,
        name: '孙丽',
        stage: 'QUALIFIED',
        phone: { masked: '138****2222' },
        followUps: { nodes: [{ note: '请回电 138****2222' }] },
        deals: null,
      },
      agent: { id: 'agent-north-1' },
    })
    expect(other.pending).toEqual([])
  })

  it('is told with no customer when nobody has the number, and the look-up creates nothing', async () => {
    const live = await li.subscribe(LIVE)
    const before = await hub.as('admin').query('{ customers { totalCount } }')
    await ring('13900001111')
    const { call } = await ringing(live)
    expect(call).toMatchObject({ customer: null, candidates: null, customerPhone: { masked: '139****1111' } })
    expect(await hub.as('admin').query('{ customers { totalCount } }')).toEqual(before)
  })

  it('shows masked names only while several have the number, and the whole of the one that is chosen', async () => {
    const ids = await givenCustomers(
      hub,
      { name: '周梅', phone: '13822223333', ownerId: 'agent-south-1' },
      { name: '周强', phone: '13822223333', ownerId: 'agent-south-1' },
    )
    const live = await li.subscribe(LIVE)
    await ring('13822223333')
    const { call } = await ringing(live)
    expect(call.customer).toBeNull()
    expect(call.candidates).toHaveLength(2)
    expect(call.candidates).toContainEqual({ id: ids[0], name: '周*', stage: null })
    const { linkCall } = await li.run(LinkCallDocument, { callId: call.id, customerId: ids[1]! })
    expect(linkCall!.call).toEqual({ id: call.id, customer: { id: ids[1], name: '周强' }, candidates: null })
  })

  it('opens its customer until 30 minutes after hang-up and no longer', async () => {
    const [id] = await givenCustomers(hub, { name: '高洁', phone: '13833334444', ownerId: 'agent-south-1' })
    const name = async () =>
      (await li.query('query($id: ID!) { customer(id: $id) { name } }', { id })).customer?.name ?? null
    const callId = await ring('013833334444')
    expect(await name()).toBe('高洁')
    hub.clock.advance({ minutes: 5 })
    await hub.happen({ callId, type: 'call.ended' })
    hub.clock.advance({ minutes: 29 })
    expect(await name()).toBe('高洁')
    hub.clock.advance({ minutes: 2 })
    expect(await name()).toBeNull()
  })
})

describe('A10: a call whose number nobody has', () => {
  it('stands among the unlinked and is linked by itself when the customer appears', async () => {
    const callId = await ring('13844445555', '2001')
    const unlinked = '{ calls(filter: { unlinked: true }, first: 100) { nodes { externalId } } }'
    const admin = hub.as('admin')
    expect((await admin.query(unlinked)).calls.nodes).toContainEqual({ externalId: callId })
    await wang.run(CreateCustomerDocument, { input: { name: '钱进', phone: '138 4444 5555' } })
    expect((await admin.query(unlinked)).calls.nodes).not.toContainEqual({ externalId: callId })
    const { calls: found } = await admin.query('{ calls(first: 1) { nodes { customer { name } } } }')
    expect(found.nodes[0].customer.name).toBe('钱进')
  })
})

describe('B4: events', () => {
  const events = (callId: string) => [
    {
      id: `${callId}-1`,
      callId,
      type: 'call.started',
      legId: 'a',
      direction: 'inbound',
      from: '13855556666',
      to: '1001',
      at: '2026-11-23T01:50:00Z',
    },
    { id: `${callId}-2`, callId, type: 'call.ringing', legId: 'b', extension: '1001', at: '2026-11-23T01:50:02Z' },
    { id: `${callId}-3`, callId, type: 'call.connected', legId: 'b', extension: '1001', at: '2026-11-23T01:50:08Z' },
    { id: `${callId}-4`, callId, type: 'call.ended', cause: '16', at: '2026-11-23T01:51:08Z' },
  ]
  const facts = async (externalId: string) => {
    const { calls: all } = await hub.as('admin').query(`{ calls(first: 100) { nodes {
      externalId status outcome startedAt ringingAt answeredAt endedAt ringSeconds talkSeconds durationSeconds agent { id } legs { id startedAt } } } }`)
    const { externalId: _id, ...rest } = all.nodes.find(
      (call: { externalId: string }) => call.externalId === externalId,
    )
    return rest
  }

  it('that come in order, reversed, one by one and twice end in the same call', async () => {
    await hub.happen(...events('orderly'))
    await hub.happen(...events('reversed').reverse())
    for (const event of events('twice').reverse()) {
      await hub.happen(event)
      await hub.happen(event)
    }
    const orderly = await facts('orderly')
    expect(orderly).toMatchObject({
      status: 'ENDED',
      outcome: 'ANSWERED',
      ringSeconds: 6,
      talkSeconds: 60,
      durationSeconds: 68,
      agent: { id: 'agent-north-1' },
    })
    expect(await facts('reversed')).toEqual(orderly)
    expect(await facts('twice')).toEqual(orderly)
  })

  it('are acknowledged as duplicates when they come again', async () => {
    const [first] = events('again')
    expect(await (await hub.hook('sandbox-pbx', first!)).json()).toEqual({ stored: 1 })
    const again = await hub.hook('sandbox-pbx', first!)
    expect([again.status, await again.json()]).toEqual([202, { stored: 0, duplicate: true }])
  })
})
