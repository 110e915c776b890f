import { beforeAll, describe, expect, it } from 'vitest'
import {
  AddFollowUpDocument,
  CompleteFollowUpDocument,
  type DealInput,
  type FollowUpFilter,
  type FollowUpInput,
  FollowUpsDocument,
  SaveDealDocument,
} from '../../schema/operations/generated/graphql.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let customerId: string
let phones = 0
beforeAll(async () => {
  hub = await startHub()
})

const given = async () => {
  const phone = `1350000${String(++phones).padStart(4, '0')}`
  ;[customerId] = (await givenCustomers(hub, { phone, ownerId: 'agent-north-1' })) as [string]
  return { customerId, phone }
}
const save = async (person: string, input: DealInput) =>
  (await hub.as(person).run(SaveDealDocument, { input })).saveDeal!.deal!
/** For input that no typed program would send. */
const codeOf = async (person: string, operation: { toString(): string }, variables: object) => {
  const { errors } = await hub.as(person).ask(operation.toString(), variables)
  const { code, field } = errors?.[0]?.extensions ?? {}
  return field ? `${code} ${field}` : code
}

describe('C6: deals', () => {
  it('are made and changed by supervisors of the team, and closed with the time', async () => {
    await given()
    const made = await save('supervisor-north', { customerId, title: '年度服务', amount: '1288.50' })
    expect(made).toMatchObject({ stage: 'OPEN', closedAt: null, amount: { amount: '1288.50', currency: 'CNY' } })
    const won = await save('supervisor-north', { id: made.id, version: made.version, stage: 'WON', title: null })
    expect(won).toMatchObject({ stage: 'WON', closedAt: hub.clock.now().toISOString(), title: null })
    const again = await save('supervisor-north', { id: made.id, version: won.version, stage: 'OPEN' })
    expect(again.closedAt).toBeNull()
    expect(
      await codeOf('supervisor-north', SaveDealDocument, {
        input: { id: made.id, version: made.version, stage: 'LOST' },
      }),
    ).toBe('CONFLICT')
  })

  it('have a cost that administrators alone set, and clear', async () => {
    await given()
    const { id, version } = await save('admin', { customerId, cost: '900' })
    for (const cost of ['1', null])
      expect(await codeOf('supervisor-north', SaveDealDocument, { input: { id, version, cost } })).toBe('FORBIDDEN')
    const query = 'query($id: ID!) { customer(id: $id) { deals { nodes { cost { amount } } } } }'
    const { deals } = (await hub.as('supervisor-north').query(query, { id: customerId })).customer
    expect(deals.nodes).toEqual([{ cost: { amount: '900.00' } }])
    await save('admin', { id, version, cost: null })
    const cleared = (await hub.as('supervisor-north').query(query, { id: customerId })).customer
    expect(cleared.deals.nodes).toEqual([{ cost: null }])
  })

  it('A7: carry an order number that no other deal has', async () => {
    await given()
    const made = await save('supervisor-north', { customerId, orderNo: 'SO-1' })
    expect(await codeOf('admin', SaveDealDocument, { input: { customerId, orderNo: 'SO-1' } })).toBe(
      'BAD_USER_INPUT input.orderNo',
    )
    const both = ['SO-2', 'SO-2'].map(orderNo => codeOf('admin', SaveDealDocument, { input: { customerId, orderNo } }))
    expect((await Promise.all(both)).sort()).toEqual(['BAD_USER_INPUT input.orderNo', undefined])
    expect((await save('supervisor-north', { id: made.id, version: made.version, orderNo: 'SO-1' })).orderNo).toBe(
      'SO-1',
    )
  })

  it.each([
    ['agent-north-2', {}, 'NOT_FOUND'],
    ['agent-north-1', {}, 'FORBIDDEN'],
    ['supervisor-south', {}, 'NOT_FOUND'],
    ['analyst', {}, 'FORBIDDEN'],
    ['supervisor-north', { customerId: null }, 'BAD_USER_INPUT input.customerId'],
    ['supervisor-north', { currency: 'cny' }, 'BAD_USER_INPUT input.currency'],
    ['supervisor-north', { amount: '12345678901234567' }, 'BAD_USER_INPUT input.amount'],
  ])('are not made by %s with %j: %s', async (person, more, code) => {
    await given()
    expect(await codeOf(person, SaveDealDocument, { input: { customerId, title: 'x', ...more } })).toBe(code)
  })
})

describe('C6: follow-ups', () => {
  it('are written by whoever cares for the customer, and done at once or when said so', async () => {
    await given()
    const li = hub.as('agent-north-1')
    const add = async (more: Partial<FollowUpInput>) =>
      (await li.run(AddFollowUpDocument, { input: { customerId, channel: 'PHONE', ...more } })).addFollowUp!.followUp!
    const done = await add({ note: '请打 13700137000' })
    expect(done).toMatchObject({
      channel: 'PHONE',
      dueAt: null,
      doneAt: hub.clock.now().toISOString(),
      author: { id: 'agent-north-1' },
      customer: { id: customerId },
      call: null,
    })
    expect(done.note).not.toContain('13700137000')
    const open = await add({ dueAt: '2026-12-01T02:00:00Z' })
    expect(open.doneAt).toBeNull()
    const listed = async (filter: FollowUpFilter) => {
      const { followUps } = await hub
        .as('supervisor-north')
        .run(FollowUpsDocument, { filter: { customerId, ...filter } })
      return followUps!.nodes!.map(one => one!.id)
    }
    expect(await listed({ open: true })).toEqual([open.id])
    expect(await listed({ open: false })).toEqual([done.id])
    expect(await listed({ dueBefore: '2026-12-01T02:00:00Z' })).toEqual([])
    expect(await listed({ dueBefore: '2026-12-01T02:00:01Z' })).toEqual([open.id])
    expect(await listed({ mine: true })).toEqual([])

    const { completeFollowUp } = await li.run(CompleteFollowUpDocument, { id: open.id })
    hub.clock.advance({ hours: 1 })
    const { completeFollowUp: twice } = await hub.as('supervisor-north').run(CompleteFollowUpDocument, { id: open.id })
    expect(twice).toEqual(completeFollowUp)
  })

  it('name the call they came from to those who see both', async () => {
    const { phone } = await given()
    await hub.happen(
      {
        callId: 'fu',
        type: 'call.started',
        legId: 'a',
        direction: 'outbound',
        to: phone,
        extension: '1001',
        from: '1001',
      },
      { callId: 'fu', type: 'call.ended' },
    )
    const { calls } = await hub.as('agent-north-1').query('{ calls(first: 1) { nodes { id } } }')
    const callId = calls.nodes[0].id
    const input: FollowUpInput = { customerId, channel: 'PHONE', callId }
    const { addFollowUp } = await hub.as('agent-north-1').run(AddFollowUpDocument, { input })
    expect(addFollowUp!.followUp!.call).toEqual({ id: callId })
    const [other] = await givenCustomers(hub, { ownerId: 'agent-north-1' })
    const wrong = { ...input, customerId: other }
    expect(await codeOf('agent-north-1', AddFollowUpDocument, { input: wrong })).toBe('BAD_USER_INPUT input.callId')
    for (const person of ['supervisor-north', 'admin']) {
      const { followUps } = await hub.as(person).run(FollowUpsDocument, { filter: { customerId } })
      expect(followUps!.nodes!.map(one => one!.call)).toEqual([{ id: callId, direction: 'OUTBOUND' }])
    }
  })

  it.each([
    ['agent-north-2', {}, 'NOT_FOUND'],
    ['supervisor-south', {}, 'NOT_FOUND'],
    ['analyst', {}, 'FORBIDDEN'],
    ['auditor', {}, 'FORBIDDEN'],
    ['agent-north-1', { note: 'x'.repeat(5001) }, 'BAD_USER_INPUT input.note'],
    ['agent-north-1', { callId: 'x' }, 'BAD_USER_INPUT input.callId'],
    ['agent-north-1', { callId: '01a0b1c2-0000-7000-8000-000000000000' }, 'BAD_USER_INPUT input.callId'],
  ])('are not written by %s with %j', async (person, more, code) => {
    await given()
    expect(await codeOf(person, AddFollowUpDocument, { input: { customerId, channel: 'PHONE', ...more } })).toBe(code)
  })
})
