import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../../kernel/config/index.js'
import {
  CallsDocument,
  HangUpDocument,
  PlaceCallDocument,
  type PlaceCallInput,
  SetConsentDocument,
} from '../../schema/operations/generated/graphql.js'
import type { TestClient } from '../kit/client.js'
import { cursorNow } from '../kit/cursorNow.js'
import { type GivenCustomer, givenCustomers } from '../kit/factories.js'
import { PbxServer } from '../kit/pbxServer.js'
import { hookSecret, startHub, type TestHub } from '../kit/startHub.js'

let pbx: PbxServer
let hub: TestHub
let li: TestClient
let week = 0
const MONDAY = new Date('2026-11-23T02:00:00Z')

/** The sandbox's company, whose telephone system is asked at the test's own address; customers are called by the usual rules. */
const dialling = (config: Config): Config => ({
  ...config,
  dialling: { hours: { from: 9 * 60, to: 21 * 60 }, days: [1, 2, 3, 4, 5], perDay: 3, consent: 'UNLESS_WITHDRAWN' },
  systems: config.systems.flatMap(system =>
    system.id === 'sandbox-pbx'
      ? [
          { ...system, address: pbx.address },
          { ...system, id: 'mute-pbx', name: 'Tells, and cannot be asked', address: null },
        ]
      : [system],
  ),
})

beforeAll(async () => {
  pbx = await PbxServer.start()
  hub = await startHub({ config: dialling })
  li = hub.as('agent-north-1')
})
afterAll(() => pbx.stop())
/** Mondays at ten, each in another week: no test's calls count for the next one. */
beforeEach(async () => {
  await endAll()
  pbx.forget()
  hub.clock.set(new Date(MONDAY.getTime() + ++week * 7 * 86_400_000))
})

const one = async (given: GivenCustomer = {}) => (await givenCustomers(hub, given))[0]!
let numbers = 0
const number = () => `1370000${String(++numbers).padStart(4, '0')}`
const place = (input: PlaceCallInput, client = li) => client.run(PlaceCallDocument, { input })
/** Follows calls as the agent, from this moment on. */
const follow = async (fields: string) =>
  li.subscribe(`subscription($after: Cursor) { callUpdated(after: $after) { ${fields} } }`, {
    after: await cursorNow(hub),
  })
/** `CODE REASON` of a refused try. */
async function refusal(input: PlaceCallInput, client = li): Promise<string> {
  const { data, errors } = await client.try(PlaceCallDocument, { input })
  expect(data?.placeCall).toBeNull()
  const { code, reason } = errors![0]!.extensions!
  return [code, reason].filter(Boolean).join(' ')
}
const live =
  '{ calls(filter: { status: [DIALING, QUEUED, RINGING, ANSWERED, HELD] }, first: 100) { nodes { externalId } } }'
const inSeconds = (seconds: number) => new Date(hub.clock.now().getTime() + seconds * 1000).toISOString()
/** Ends what goes on. The next call begins a minute later, so that it is the newest. */
async function endAll(): Promise<void> {
  const { calls } = await hub.as('admin').query(live)
  for (const { externalId: callId } of calls.nodes)
    await hub.happen({ callId, type: 'call.ended', outcome: 'cancelled' })
  hub.clock.advance({ minutes: 1 })
}
/** What the phone system tells of a call that it was asked for, until somebody answers. */
async function reach(callId: string, to: string): Promise<void> {
  const own = { callId, legId: `${callId}-1`, extension: '1001' }
  await hub.happen(
    { ...own, type: 'call.started', direction: 'outbound', from: '1001', to },
    { ...own, type: 'call.ringing' },
    { ...own, type: 'call.answered' },
    { callId, legId: `${callId}-2`, type: 'call.dialing' },
    { callId, legId: `${callId}-2`, type: 'call.answered' },
    { ...own, type: 'call.connected' },
  )
}
/** The id of a call from outside that rang at Li and was not answered. */
async function missedFrom(phone: string): Promise<string> {
  await hub.happen(
    { callId: `missed-${phone}`, type: 'call.started', legId: 'a', direction: 'inbound', from: phone },
    { callId: `missed-${phone}`, type: 'call.ringing', legId: 'b', extension: '1001' },
    { callId: `missed-${phone}`, type: 'call.ended', outcome: 'no_answer' },
  )
  return (await li.query('{ calls(first: 1) { nodes { id } } }')).calls.nodes[0].id
}
/** Whether a connection waits for what another one holds. */
async function somebodyWaits(): Promise<boolean> {
  const rows = await hub.kernel
    .systemEm()
    .getConnection()
    .execute("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
  return rows.length > 0
}
const putAway = (id: string) => hub.as('admin').query('mutation($id: ID!) { deleteCustomer(id: $id) { id } }', { id })
const audit = async (action: string) => {
  const { auditTrail } = await hub
    .as('auditor')
    .query('{ auditTrail(first: 20) { nodes { action actor { id } subjectType subjectId detail } } }')
  return auditTrail.nodes.filter((entry: { action: string }) => entry.action === action)
}

describe('C8: a placed call', () => {
  it('rings at who asked for it and is the customer’s, while the number goes to the phone system alone', async () => {
    const phone = number()
    const id = await one({ phone, name: '孙丽' })
    const { placeCall } = await place({ customerId: id })
    expect(placeCall!.call).toMatchObject({
      status: 'DIALING',
      direction: 'OUTBOUND',
      customerPhone: { masked: `137****${phone.slice(-4)}` },
      customer: { id, name: '孙丽' },
      agent: { id: 'agent-north-1' },
    })
    const [order] = pbx.orders
    expect(order).toEqual({
      callId: expect.stringMatching(/^hub-[0-9a-f-]{36}$/),
      extension: '1001',
      number: phone,
      shownAs: `137****${phone.slice(-4)}`,
    })
    expect(pbx.requests[0]!.headers.authorization).toBe(`Bearer ${hookSecret}`)
    expect(await audit('Call.placed')).toMatchObject([
      { actor: { id: 'agent-north-1' }, subjectId: placeCall!.call!.id, detail: { system: 'sandbox-pbx' } },
    ])
  })

  it('is one call with what the phone system tells of it, whatever it says of direction and number', async () => {
    const phone = number()
    const id = await one({ phone })
    const { placeCall } = await place({ customerId: id })
    const { callId } = pbx.orders[0]!
    // Its clock is behind, and it takes the agent's own leg for what is called.
    const at = new Date(hub.clock.now().getTime() - 2000).toISOString()
    const own = { callId, legId: 'a', extension: '1001', at }
    await hub.happen({ ...own, type: 'call.started', direction: 'inbound', from: '02161050088', to: '1001' })
    await hub.happen({ ...own, type: 'call.ringing', direction: 'internal' })
    const { calls } = await li.run(CallsDocument, { first: 1 })
    expect(calls!.nodes).toMatchObject([
      {
        id: placeCall!.call!.id,
        direction: 'OUTBOUND',
        status: 'RINGING',
        customer: { id },
        customerPhone: { masked: `137****${phone.slice(-4)}` },
        agent: { id: 'agent-north-1' },
      },
    ])
  })

  it('is told to those who follow calls', async () => {
    const id = await one({ phone: number() })
    const events = await follow('kind call { direction customer { id } }')
    await place({ customerId: id })
    const { data } = await events.next()
    expect(data.callUpdated).toEqual({ kind: 'DIALING', call: { direction: 'OUTBOUND', customer: { id } } })
  })

  it('belongs to the customer who was asked for where several have the number', async () => {
    const phone = number()
    const [first, second] = await givenCustomers(hub, { phone }, { phone })
    expect((await place({ customerId: second! })).placeCall!.call!.customer!.id).toBe(second)
    await reach(pbx.orders[0]!.callId, phone)
    const { calls } = await li.run(CallsDocument, { first: 1 })
    expect(calls!.nodes![0]).toMatchObject({ customer: { id: second }, status: 'ANSWERED' })
    expect(first).not.toBe(second)
  })

  it('goes to one of several numbers, or rings back a call of whoever it was', async () => {
    const [phone, other] = [number(), number()]
    const id = await one({ phone, otherPhones: [other] })
    const { customer } = await li.query('query($id: ID!) { customer(id: $id) { otherPhones { id } } }', { id })
    await place({ phoneId: customer.otherPhones[0].id })
    expect(pbx.orders.at(-1)!.number).toBe(other)
    await endAll()
    const stranger = number()
    await hub.happen(
      { callId: `in-${stranger}`, type: 'call.started', legId: 'a', direction: 'inbound', from: `+86 ${stranger}` },
      { callId: `in-${stranger}`, type: 'call.ringing', legId: 'b', extension: '1001' },
      { callId: `in-${stranger}`, type: 'call.ended', outcome: 'no_answer' },
    )
    const { calls } = await li.query('{ calls(first: 1) { nodes { id needsCallback } } }')
    expect(calls.nodes[0].needsCallback).toBe(true)
    const { placeCall } = await place({ callId: calls.nodes[0].id })
    expect(pbx.orders.at(-1)!.number).toBe(stranger)
    expect(placeCall!.call!.customer).toBeNull()
    // Nobody has to call back once somebody talked with them.
    await reach(pbx.orders.at(-1)!.callId, stranger)
    await endAll()
    const answered = await li.query('query($id: ID!) { call(id: $id) { needsCallback } }', { id: calls.nodes[0].id })
    expect(answered.call.needsCallback).toBe(false)
  })

  it('that the phone system does not take has failed, and says so to all', async () => {
    const phone = number()
    const id = await one({ phone })
    const events = await follow('kind call { status outcome }')
    pbx.answer = () => ({ status: 409, json: { error: 'agent_busy', detail: phone } })
    const { errors } = await li.try(PlaceCallDocument, { input: { customerId: id } })
    expect(errors).toMatchObject([{ message: 'Your phone is busy.', extensions: { code: 'UNAVAILABLE' } }])
    const [, ended] = await events.take(2)
    expect(ended!.data.callUpdated).toEqual({ kind: 'ENDED', call: { status: 'ENDED', outcome: 'FAILED' } })
    expect(await audit('Call.notPlaced')).toHaveLength(1)
    // It troubled nobody, and is not counted.
    pbx.forget()
    for (let i = 0; i < 3; i++) {
      await place({ customerId: id })
      await endAll()
    }
    expect(await refusal({ customerId: id })).toBe('FORBIDDEN TOO_OFTEN')
  })

  it('that rings after all, although its order seemed lost, is alive, and its end is told', async () => {
    const phone = number()
    const id = await one({ phone })
    pbx.answer = () => response => response.destroy()
    expect(await refusal({ customerId: id })).toBe('UNAVAILABLE')
    const { callId } = pbx.orders[0]!
    await reach(callId, phone)
    const state = async () => (await li.query('{ calls(first: 1) { nodes { status outcome } } }')).calls.nodes[0]
    expect(await state()).toEqual({ status: 'ANSWERED', outcome: null })
    const events = await follow('kind')
    await hub.happen({ callId, type: 'call.ended', outcome: 'answered' })
    for (let kind = ''; kind !== 'ENDED'; ) kind = (await events.next()).data.callUpdated.kind
    expect(await state()).toEqual({ status: 'ENDED', outcome: 'ANSWERED' })
  })
})

describe('C8: a call is not placed', () => {
  const blocked = async (given: GivenCustomer = {}) => refusal({ customerId: await one({ phone: number(), ...given }) })

  it('to who wants none, whichever of their records is asked for, and the try is on record', async () => {
    const phone = number()
    const [asked] = await givenCustomers(hub, { phone }, { phone, doNotCall: true, ownerId: 'agent-south-1' })
    expect(await refusal({ customerId: asked! })).toBe('FORBIDDEN DO_NOT_CALL')
    expect(await blocked({ doNotCall: true })).toBe('FORBIDDEN DO_NOT_CALL')
    expect((await audit('Call.refused')).slice(0, 2)).toMatchObject([
      {},
      { actor: { id: 'agent-north-1' }, subjectType: 'Customer', subjectId: asked, detail: { reason: 'DO_NOT_CALL' } },
    ])
    expect(pbx.requests).toEqual([])
  })

  it('to who wanted none before their record was put away, for whom or back to whomever it is', async () => {
    const [phone, strange] = [number(), number()]
    const given = { doNotCall: true, ownerId: 'agent-south-1' }
    const [asked, ...gone] = await givenCustomers(hub, { phone }, { ...given, phone }, { ...given, phone: strange })
    for (const id of gone) await putAway(id)
    expect(await refusal({ customerId: asked! })).toBe('FORBIDDEN DO_NOT_CALL')
    expect(await refusal({ callId: await missedFrom(strange) })).toBe('FORBIDDEN DO_NOT_CALL')
    expect(pbx.requests).toEqual([])
  })

  it('back to a customer who was put away since', async () => {
    const phone = number()
    const id = await one({ phone })
    const callId = await missedFrom(phone)
    await putAway(id)
    expect(await refusal({ callId })).toBe('BAD_USER_INPUT NOT_DIALABLE')
  })

  it('behind a company’s landline, to the one who wants none only', async () => {
    const phone = '02158881234'
    const [asked, silent] = await givenCustomers(hub, { phone }, { phone, doNotCall: true })
    await place({ customerId: asked! })
    await endAll()
    expect(await refusal({ customerId: silent! })).toBe('FORBIDDEN DO_NOT_CALL')
  })

  it('to who withdrew their consent, from that moment on', async () => {
    const customerId = await one({ phone: number() })
    const said = { customerId, purpose: 'CONTACT', evidence: '电话中说明' } as const
    await li.run(SetConsentDocument, { ...said, state: 'GRANTED' })
    await place({ customerId })
    await endAll()
    await li.run(SetConsentDocument, { ...said, state: 'WITHDRAWN' })
    expect(await refusal({ customerId })).toBe('FORBIDDEN NO_CONSENT')
    // What they say of other things is another matter.
    await li.run(SetConsentDocument, { ...said, state: 'GRANTED' })
    await li.run(SetConsentDocument, { ...said, purpose: 'RECORDING', state: 'DECLINED' })
    await place({ customerId })
  })

  it('outside of the hours and days of the company’s own zone', async () => {
    const customerId = await one({ phone: number() })
    hub.clock.advance({ hours: 11 })
    expect(await refusal({ customerId })).toBe('FORBIDDEN OUTSIDE_HOURS')
    hub.clock.advance({ days: 5, hours: -11 })
    expect(await refusal({ customerId })).toBe('FORBIDDEN OUTSIDE_HOURS')
  })

  it('more often than so many times a day, at whatever number', async () => {
    const [phone, other] = [number(), number()]
    const customerId = await one({ phone, otherPhones: [other] })
    const { customer } = await li.query('query($id: ID!) { customer(id: $id) { otherPhones { id } } }', {
      id: customerId,
    })
    for (let i = 0; i < 3; i++) {
      await place(i === 1 ? { phoneId: customer.otherPhones[0].id } : { customerId })
      await endAll()
    }
    expect(await refusal({ customerId })).toBe('FORBIDDEN TOO_OFTEN')
    hub.clock.advance({ days: 1 })
    await place({ customerId })
  })

  it('to who is in a call, nor by who is', async () => {
    const phone = number()
    const customerId = await one({ phone, ownerId: 'agent-north-2' })
    await hub.happen(
      { callId: `busy-${phone}`, type: 'call.started', legId: 'a', direction: 'inbound', from: phone },
      { callId: `busy-${phone}`, type: 'call.ringing', legId: 'b', extension: '1001' },
    )
    const two = hub.as('agent-north-2')
    expect(await refusal({ customerId }, two)).toBe('CONFLICT IN_CALL')
    expect(await blocked()).toBe('CONFLICT AGENT_BUSY')
    await endAll()
    await place({ customerId }, two)
  })

  it('where there is no extension, no phone system, or nothing to dial', async () => {
    const admin = hub.as('admin')
    const customerId = await one({ phone: number() })
    expect(await refusal({ customerId }, admin)).toBe('FORBIDDEN NO_EXTENSION')
    for (const phone of ['95588', '4008001234', 'anonymous', '10086'])
      expect(await blocked({ phone })).toBe('BAD_USER_INPUT NOT_DIALABLE')
    const hidden = `hidden-${number()}`
    await hub.happen(
      { callId: hidden, type: 'call.started', legId: 'a', direction: 'inbound', from: 'anonymous' },
      { callId: hidden, type: 'call.ringing', legId: 'b', extension: '1001' },
      { callId: hidden, type: 'call.ended' },
    )
    const { calls } = await li.query('{ calls(first: 1) { nodes { id } } }')
    expect(await refusal({ callId: calls.nodes[0].id })).toBe('BAD_USER_INPUT NOT_DIALABLE')
  })

  it('twice to one number at once, nor by one person', async () => {
    const phone = number()
    const [mine, theirs] = await givenCustomers(hub, { phone }, { phone, ownerId: 'agent-north-2' })
    const answers = await Promise.all([
      li.try(PlaceCallDocument, { input: { customerId: mine! } }),
      hub.as('agent-north-2').try(PlaceCallDocument, { input: { customerId: theirs! } }),
    ])
    const reasons = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.reason))
    expect(reasons).toEqual(['IN_CALL'])
    expect(pbx.orders).toHaveLength(1)
    await endAll()
    const ids = await givenCustomers(hub, { phone: number() }, { phone: number() })
    const tries = await Promise.all(ids.map(customerId => li.try(PlaceCallDocument, { input: { customerId } })))
    expect(tries.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.reason))).toEqual([
      'AGENT_BUSY',
    ])
  })

  it('twice to one customer at once, at whatever numbers', async () => {
    const admin = hub.as('admin')
    const { people } = await admin.query('{ people(first: 50) { nodes { id version } } }')
    const { version } = people.nodes.find((person: { id: string }) => person.id === 'supervisor-north')
    await admin.query(`mutation($input: PersonInput!) { savePerson(input: $input) { person { id } } }`, {
      input: {
        id: 'supervisor-north',
        version,
        name: '赵国强',
        role: 'SUPERVISOR',
        teamId: 'north',
        extensions: ['1009'],
      },
    })
    const customerId = await one({ phone: number(), otherPhones: [number()] })
    const { customer } = await li.query('query($id: ID!) { customer(id: $id) { otherPhones { id } } }', {
      id: customerId,
    })
    const answers = await Promise.all([
      li.try(PlaceCallDocument, { input: { customerId } }),
      hub.as('supervisor-north').try(PlaceCallDocument, { input: { phoneId: customer.otherPhones[0].id } }),
    ])
    const reasons = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.reason))
    expect(reasons).toEqual(['IN_CALL'])
    expect(pbx.orders).toHaveLength(1)
  })

  it('and why not is told so often only: it tells of calls and customers that the caller may not read', async () => {
    const client = hub.as('agent-north-2')
    const [silent, other] = [
      await one({ phone: number(), ownerId: 'agent-north-2', doNotCall: true }),
      await one({ phone: number(), ownerId: 'agent-north-2' }),
    ]
    const answers = new Set<string>()
    for (let i = 0; i < 60; i++) answers.add(await refusal({ customerId: silent }, client))
    expect([...answers]).toEqual(['FORBIDDEN DO_NOT_CALL'])
    expect(await refusal({ customerId: silent }, client)).toBe('RATE_LIMITED')
    // It is on record all the same, and whoever answers for them is told.
    expect((await audit('Call.refused'))[0]).toMatchObject({ subjectId: silent, detail: { reason: 'DO_NOT_CALL' } })
    const { alerts } = await hub.as('supervisor-north').query('{ alerts(first: 5) { nodes { kind } } }')
    expect(alerts.nodes).toContainEqual({ kind: 'budget.refused-call' })
    await place({ customerId: other }, client)
    await endAll()
    hub.clock.advance({ hours: 1 })
    expect(await refusal({ customerId: silent }, client)).toBe('FORBIDDEN DO_NOT_CALL')
  })

  it('where the input names nobody, or more than one', async () => {
    const customerId = await one({ phone: number() })
    expect(await refusal({})).toBe('BAD_USER_INPUT')
    expect(await refusal({ customerId, callId: customerId })).toBe('BAD_USER_INPUT')
    for (const input of [{ customerId: 'nobody' }, { callId: customerId }, { phoneId: customerId }])
      expect(await refusal(input)).toBe('NOT_FOUND')
  })
})

describe('C6: who may place and end calls', () => {
  it('agents to their own customers, supervisors to their team’s; who reads only does not dial', async () => {
    const customerId = await one({ phone: number(), ownerId: 'agent-south-1' })
    for (const person of ['agent-north-1', 'agent-south-2', 'supervisor-north'])
      expect(await refusal({ customerId }, hub.as(person)), person).toBe('NOT_FOUND')
    for (const person of ['auditor', 'analyst'])
      expect(await refusal({ customerId }, hub.as(person)), person).toBe('FORBIDDEN')
    // Allowed to, without a telephone.
    expect(await refusal({ customerId }, hub.as('supervisor-south'))).toBe('FORBIDDEN NO_EXTENSION')
    await place({ customerId }, hub.as('agent-south-1'))
  })

  it('no agent a customer who is being given to somebody else at this moment', async () => {
    const id = await one({ phone: number() })
    const em = hub.kernel.systemEm()
    let placing: ReturnType<typeof refusal> | undefined
    await em.transactional(async moving => {
      await moving
        .getConnection()
        .execute(
          "update crm.customer set owner_id = 'agent-north-2' where id = ?",
          [id],
          'run',
          moving.getTransactionContext(),
        )
      placing = refusal({ customerId: id })
      let answered = false
      void placing
        .catch(() => undefined)
        .finally(() => {
          answered = true
        })
      while (!answered && !(await somebodyWaits()));
    })
    expect(await placing).toBe('NOT_FOUND')
    expect(pbx.requests).toEqual([])
  })

  it('agents back to whoever called them, also where somebody else cares for that customer', async () => {
    const phone = number()
    await one({ phone, ownerId: 'agent-south-1' })
    await hub.happen(
      { callId: `for-${phone}`, type: 'call.started', legId: 'a', direction: 'inbound', from: phone },
      { callId: `for-${phone}`, type: 'call.ringing', legId: 'b', extension: '1001' },
      { callId: `for-${phone}`, type: 'call.ringing', legId: 'c', extension: '1002', at: inSeconds(9) },
      { callId: `for-${phone}`, type: 'call.ended', outcome: 'abandoned' },
    )
    // It rang at both; the call counts for the latter.
    const { calls } = await hub.as('agent-north-2').query('{ calls(first: 1) { nodes { id } } }')
    const callId = calls.nodes[0].id
    expect(await refusal({ callId }, hub.as('agent-south-2'))).toBe('NOT_FOUND')
    await place({ callId })
    await endAll()
    hub.clock.advance({ minutes: 31 })
    expect(await refusal({ callId })).toBe('NOT_FOUND')
    await place({ callId }, hub.as('agent-north-2'))
  })

  it('who handles a call ends it, as do their supervisor and administrators, and nobody else', async () => {
    const customerId = await one({ phone: number(), ownerId: 'agent-north-1' })
    const id = (await place({ customerId })).placeCall!.call!.id
    const { callId } = pbx.orders[0]!
    const ends = async (person: string) =>
      (await hub.as(person).try(HangUpDocument, { callId: id })).errors?.[0]?.extensions?.code
    expect(await ends('agent-north-2')).toBe('NOT_FOUND')
    expect(await ends('auditor')).toBe('FORBIDDEN')
    for (const person of ['agent-north-1', 'supervisor-north', 'admin']) expect(await ends(person)).toBeUndefined()
    expect(pbx.requests.slice(1).map(({ url }) => url)).toEqual(Array(3).fill(`/calls/${callId}/hangup`))
    pbx.answer = () => ({ status: 404, json: { error: 'not_found' } })
    expect(await ends('agent-north-1')).toBeUndefined()
    pbx.answer = () => ({ status: 500 })
    expect(await ends('agent-north-1')).toBe('UNAVAILABLE')
    await endAll()
    pbx.forget()
    expect(await ends('agent-north-1')).toBeUndefined()
    expect(pbx.requests).toEqual([])
  })

  it('a call of a system that cannot be asked is not said to have been hung up', async () => {
    const callId = `mute-${number()}`
    const own = { callId, legId: 'a', direction: 'inbound', from: number() }
    await hub.hook('mute-pbx', { ...own, type: 'call.started' }, { ...own, type: 'call.ringing', extension: '1001' })
    await hub.settle()
    const { calls } = await li.query('{ calls(first: 1) { nodes { id } } }')
    const before = (await audit('Call.hungUp')).length
    const { errors } = await li.try(HangUpDocument, { callId: calls.nodes[0].id })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'NO_PHONE_SYSTEM' })
    expect(await audit('Call.hungUp')).toHaveLength(before)
    await hub.hook('mute-pbx', { callId, type: 'call.ended' })
    await hub.settle()
  })

  it('an id with a NUL in it is that of no call, and costs nobody a connection to the database', async () => {
    const { errors } = await li.try(HangUpDocument, { callId: 'a\0b' })
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['NOT_FOUND'])
  })
})
