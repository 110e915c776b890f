import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LinkCallDocument } from '../../schema/operations/generated/graphql.js'
import { expireFacts } from '../../subgraphs/call/index.js'
import { givenCustomers } from '../kit/factories.js'
import { type HookEvent, startHub, type TestHub } from '../kit/startHub.js'

const LIFE = `query($id: ID!, $type: RecordType = CALL) {
  lifeOf(type: $type, id: $id) { at heardAt stage text system { id } }
}`

interface Told {
  at: string
  heardAt: string | null
  stage: string
  text: string
  system: { id: string } | null
}

let hub: TestHub

beforeAll(async () => {
  hub = await startHub({ env: { HUB_LANG: 'en' } })
})

let began: Date
beforeEach(() => {
  began = hub.clock.now()
})
/** So many seconds after the call began. */
const at = (second: number) => new Date(began.getTime() + second * 1000).toISOString()

let made = 0
/** An inbound call that Li lets ring; each event is applied by itself, some seconds after it happened. */
async function happened(from: string | undefined, ...more: Omit<HookEvent, 'callId'>[]): Promise<string> {
  const callId = `life-${++made}`
  began = hub.clock.now()
  const start = {
    type: 'call.started',
    legId: 'a',
    direction: 'inbound',
    from,
    to: '4008001234',
    line: 'trunk-telecom',
  }
  const rang = { type: 'call.ringing', legId: 'b', extension: '1001', at: at(3) }
  for (const event of [{ ...start, at: at(0) }, rang, ...more]) await hub.happen({ ...event, callId } as HookEvent)
  const { calls } = await hub.as('admin').query('{ calls(first: 100) { nodes { id externalId } } }')
  return calls.nodes.find((one: { externalId: string }) => one.externalId === callId).id
}

const lifeOf = async (id: string, person = 'admin'): Promise<Told[]> =>
  (await hub.as(person).query(LIFE, { id })).lifeOf
const texts = (life: Told[], stage: string) => life.filter(one => one.stage === stage).map(({ text }) => text)

describe('D6: the life of a call', () => {
  it('tells in order of time what was said, what that changed, why it is linked, which screens it opened', async () => {
    await givenCustomers(hub, { name: '孙丽', phone: '13811112222', ownerId: 'agent-south-1' })
    const id = await happened('013811112222', { type: 'call.ended', cause: '16', at: at(40) })
    const life = await lifeOf(id)
    const moments = life.map(one => one.at)
    expect(moments).toEqual(moments.toSorted())
    expect(texts(life, 'HEARD')).toEqual([
      "An inbound leg began from 138****2222 to 40****1234 by line trunk-telecom. Changed: direction inbound; state being set up; the customer's number 138****2222; line trunk-telecom; begun at 10:00:00; its legs.",
      expect.stringMatching(
        /^The phone of .+ \(1001\) rings\. Changed: state being set up → ringing; agent .+ \(1001\); rang at 10:00:03; its legs\.$/,
      ),
      expect.stringMatching(/^The call is over \(cause 16\)\. .*state ringing → over; outcome/),
    ])
    expect(texts(life, 'LINK')).toEqual(['Linked by itself: one customer has its number.'])
    expect(texts(life, 'SCREEN')).toEqual([expect.stringMatching(/^It opened the customer to .+ until /)])
    expect(texts(life, 'AUDIT')).toEqual(['The hub entered the call.', 'The hub entered its end.'])
    expect(life.filter(one => one.stage === 'HEARD').map(one => one.system)).toEqual(
      Array(3).fill({ id: 'sandbox-pbx' }),
    )
    expect(JSON.stringify(life)).not.toMatch(/11112222/)
  })

  it('says what was late, said twice, or contradicted', async () => {
    const id = await happened(
      '13899990000',
      { type: 'call.ended', outcome: 'lost', at: at(60) },
      { type: 'call.ringing', legId: 'b', extension: '1001', at: at(3) },
    )
    const callId = `life-${made}`
    hub.clock.advance({ hours: 3 })
    await hub.happen({ callId, type: 'call.connected', legId: 'b', extension: '1001', at: at(5) })
    const heard = texts(await lifeOf(id), 'HEARD')
    expect(heard.filter(text => text.endsWith('Heard again; it changed nothing.'))).toHaveLength(1)
    expect(heard.find(text => text.startsWith('Two parties'))).toMatch(
      /The hub heard of it 3 hours later\. Changed: outcome its end was never reported → answered; answered at 10:00:05/,
    )
  })

  it('knows every reason why a call is linked or not', async () => {
    const why = async (id: string) => texts(await lifeOf(id), 'LINK').join(' ')
    expect(await why(await happened('13844440001'))).toMatch(/^Not linked: no customer has its number/)
    expect(await why(await happened('anonymous'))).toMatch(/what was told in place of a number is none/)
    expect(await why(await happened(undefined))).toMatch(/no number was told/)
    const several = await givenCustomers(hub, { phone: '13844440002' }, { phone: '13844440002' })
    const id = await happened('13844440002')
    expect(await why(id)).toBe('Not linked: 2 customers have its number, and nobody has chosen yet.')
    await hub.as('agent-north-1').run(LinkCallDocument, { callId: id, customerId: several[1]! })
    expect(await why(id)).toMatch(/^Linked by .+, who chose the customer\./)
    await givenCustomers(hub, { phone: '13844440004' })
    const numberLate = await happened(undefined, { type: 'call.started', legId: 'a', from: '13844440004', at: at(0) })
    expect(await why(numberLate)).toBe('Linked by itself: one customer has its number.')
    const waiting = await happened('13844440003')
    await givenCustomers(hub, { phone: '13844440003' })
    expect(await why(waiting)).toBe('Linked by itself: its number became that of a customer, and of one only.')
  })

  it('is told to those who may read the call, in what they may see of it; who read it in full, to those who audit', async () => {
    await givenCustomers(hub, { phone: '13855550001', ownerId: 'agent-north-1' })
    const id = await happened('13855550001')
    await hub.as('supervisor-north').query('query($id: ID!) { call(id: $id) { customerPhone { full } } }', { id })
    const read = /^Read in full by .+: customerPhone\.$/
    expect(texts(await lifeOf(id), 'AUDIT').filter(text => read.test(text))).toHaveLength(1)
    expect(texts(await lifeOf(id, 'auditor'), 'AUDIT').filter(text => read.test(text))).toHaveLength(1)
    for (const person of ['agent-north-1', 'supervisor-north', 'analyst']) {
      const life = await lifeOf(id, person)
      expect(texts(life, 'AUDIT').filter(text => read.test(text))).toEqual([])
      expect(JSON.stringify(life)).not.toMatch(/trunk-telecom/)
      expect(life.some(one => one.system)).toBe(false)
    }
    expect(await hub.as('agent-south-1').problems(LIFE, { id })).toEqual(['NOT_FOUND lifeOf'])
    expect(await hub.as('admin').problems(LIFE, { id: 'no id' })).toEqual(['NOT_FOUND lifeOf'])
    expect(await hub.as('admin').problems(LIFE, { id, type: 'DEAL' })).toEqual(['BAD_USER_INPUT lifeOf'])
  })

  it('is not told to those to whom only a ringing call of the customer opened it', async () => {
    await givenCustomers(hub, { phone: '13855550002', ownerId: 'agent-south-1' })
    const callId = 'life-old'
    await hub.happen(
      { callId, type: 'call.started', legId: 'a', direction: 'inbound', from: '13855550002', extension: '2001' },
      { callId, type: 'call.ended' },
    )
    await happened('13855550002')
    const li = hub.as('agent-north-1')
    const { calls } = await hub.as('admin').query('{ calls(first: 100) { nodes { id externalId } } }')
    const { id } = calls.nodes.find((one: { externalId: string }) => one.externalId === callId)
    expect((await li.query('query($id: ID!) { call(id: $id) { id } }', { id })).call).toEqual({ id })
    expect(await li.problems(LIFE, { id })).toEqual(['FORBIDDEN lifeOf'])
  })

  it('speaks Chinese where the viewer does', async () => {
    const id = await happened('13866660001')
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': 'zh-CN',
        authorization: `Bearer ${await hub.tokenOf('admin')}`,
      },
      body: JSON.stringify({ query: LIFE, variables: { id } }),
    })
    const { data } = (await answer.json()) as { data: { lifeOf: Told[] } }
    expect(texts(data.lifeOf, 'HEARD')[0]).toMatch(/^开始一条呼入线路，主叫 138\*{4}0001/)
  })

  it('says when what was said is no longer kept, and tells the rest', async () => {
    const id = await happened('13877770001', { type: 'call.ended', cause: '16', at: at(40) })
    hub.clock.advance({ hours: 24 * 31 })
    await expireFacts(hub.kernel.systemEm(), hub.clock.now())
    const life = await lifeOf(id)
    expect(texts(life, 'HEARD')).toEqual([])
    expect(texts(life, 'NOTE')).toEqual([
      'What the phone system said of this call is no longer kept, or not all of it.',
    ])
    expect(texts(life, 'AUDIT')).toEqual(['The hub entered the call.', 'The hub entered its end.'])
  })
})
