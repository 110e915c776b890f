import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { type HookEvent, startHub, type TestHub } from '../kit/startHub.js'

const RUNS = Number(process.env.ORDER_RUNS ?? 8)

/** What one call's events look like: `number` is the customer's, `other` that of another customer who is drawn into it. */
type Scenario = (number: string, other: string) => (Record<string, unknown> & { type: string })[]

const at = (second: number) => new Date(Date.parse('2026-11-23T01:58:00Z') + second * 1000).toISOString()

const scenarios: Record<string, Scenario> = {
  'answered by the second who was rung, held, rated': number => [
    {
      type: 'call.started',
      legId: 'a',
      direction: 'inbound',
      from: number,
      to: '4008001234',
      line: 'trunk-1',
      at: at(0),
    },
    { type: 'call.queued', queue: 'sales', at: at(1) },
    { type: 'call.ringing', legId: 'b', extension: '1001', at: at(3) },
    { type: 'call.ringing', legId: 'c', extension: '1002', at: at(9) },
    { type: 'call.connected', legId: 'c', extension: '1002', at: at(12) },
    { type: 'call.held', at: at(20) },
    { type: 'call.resumed', at: at(30) },
    { type: 'call.leg_ended', legId: 'c', at: at(60) },
    { type: 'call.ended', cause: '16', at: at(61) },
    { type: 'call.summary', talkSeconds: 39, at: at(62) },
    { type: 'call.feedback', by: 'customer', rating: 4, at: at(90) },
  ],
  'missed by everybody': number => [
    { type: 'call.started', legId: 'a', direction: 'inbound', from: number, to: '4008001234', at: at(0) },
    { type: 'call.queued', queue: 'sales', at: at(1) },
    { type: 'call.ringing', legId: 'b', extension: '1001', at: at(3) },
    { type: 'call.leg_ended', legId: 'b', at: at(18) },
    { type: 'call.ended', outcome: 'abandoned', at: at(20) },
  ],
  'placed by an agent': number => [
    { type: 'call.started', legId: 'a', direction: 'outbound', from: '1001', to: number, extension: '1001', at: at(0) },
    { type: 'call.dialing', legId: 'b', direction: 'outbound', to: number, at: at(1) },
    { type: 'call.answered', legId: 'b', at: at(8) },
    { type: 'call.connected', legId: 'a', extension: '1001', at: at(8) },
    { type: 'call.ended', cause: '16', at: at(40) },
  ],
  'passed on to somebody outside, who is a customer too': (number, other) => [
    { type: 'call.started', legId: 'a', direction: 'inbound', from: number, to: '4008001234', at: at(0) },
    { type: 'call.ringing', legId: 'b', extension: '1001', at: at(2) },
    { type: 'call.connected', legId: 'b', extension: '1001', at: at(5) },
    { type: 'call.transferred', legId: 'b', toLegId: 'c', at: at(30) },
    { type: 'call.started', legId: 'c', direction: 'inbound', from: other, to: other, at: at(31) },
    { type: 'call.leg_ended', legId: 'b', at: at(32) },
    { type: 'call.ended', cause: '16', at: at(90) },
  ],
}

const STATE = `fragment State on Call {
  direction status outcome hangupCause queue lineId startedAt ringingAt answeredAt endedAt ringSeconds talkSeconds durationSeconds
  customerPhone { masked full kind } customer { name } candidates { name } agent { id }
  legs { id startedAt answeredAt endedAt transferredTo agent { id } party { masked full } }
  feedback { source rating at }
}`

let hub: TestHub

beforeAll(async () => {
  hub = await startHub({ limits: { requests: { burst: 1e6, perSecond: 1e6 } } })
})

let made = 0

/** Plays events in these portions and tells what they amount to. Numbers differ from run to run in digits that masks hide. */
async function played(scenario: Scenario, portionsOf: (events: HookEvent[]) => HookEvent[][]): Promise<unknown> {
  const n = String(++made).padStart(4, '0')
  const numbers = [`138${n}5555`, `139${n}6666`]
  await givenCustomers(
    hub,
    { name: '甲方', phone: numbers[0], ownerId: 'agent-south-1' },
    { name: '乙方', phone: numbers[1], ownerId: 'agent-south-1' },
  )
  const callId = `order-${n}`
  const events = scenario(numbers[0]!, numbers[1]!).map((event, i) => ({ ...event, callId, id: `${callId}-${i}` }))
  for (const portion of portionsOf(events)) await hub.happen(...portion)
  const { rows } = await hub.kernel
    .systemEm()
    .getConnection()
    .execute<{ rows: { id: string; needs_callback: boolean }[] }>(
      'select id, needs_callback from call.call where external_id = ?',
      [callId],
      'run',
    )
  const [{ id, needs_callback }] = rows as [{ id: string; needs_callback: boolean }]
  // Full numbers are read as often as the test likes: it is not about budgets.
  await hub.kernel.systemEm().getConnection().execute('delete from hub.budget_use')
  const { call } = await hub.as('admin').query(`query($id: ID!) { call(id: $id) { ...State } } ${STATE}`, { id })
  const grants = await hub.kernel
    .systemEm()
    .getConnection()
    .execute<{ rows: object[] }>(
      `select g.person_id, g.ends_at, c.name from access.access_grant g left join crm.customer c on c.id = any(g.customer_ids)
       where g.call_id = ? order by 1, 3`,
      [id],
      'run',
    )
  const seen = JSON.stringify({ call, needs_callback, grants: grants.rows })
  return JSON.parse(seen.replaceAll(numbers[0]!, 'NUMBER').replaceAll(numbers[1]!, 'OTHER'))
}

interface Place {
  key: number
  /** It begins a portion of its own. */
  begins: boolean
  twice: boolean
}

/** The events as they might arrive: in another order, some of them twice, some of them together. */
function shuffle(events: HookEvent[], places: Place[]): HookEvent[][] {
  const portions: HookEvent[][] = []
  const arrivals = events.map((event, i) => ({ event, ...places[i]! })).sort((a, b) => a.key - b.key)
  for (const { event, begins, twice } of arrivals) {
    if (begins || portions.length === 0) portions.push([])
    portions.at(-1)!.push(event)
    if (twice) portions.push([event])
  }
  return portions
}

describe('B4: the events of a call', () => {
  for (const [title, scenario] of Object.entries(scenarios)) {
    it(`${title}: end in the same state in any order, any portions, and any of them twice`, async () => {
      const orderly = await played(scenario, events => events.map(event => [event]))
      expect(orderly).toMatchObject({ call: { status: 'ENDED', customer: { name: '甲方' } } })
      const orders = fc.array(fc.record({ key: fc.nat(), begins: fc.boolean(), twice: fc.boolean() }), {
        minLength: 12,
        maxLength: 12,
      })
      await fc.assert(
        fc.asyncProperty(orders, async places => {
          const shuffled = await played(scenario, events => shuffle(events, places))
          expect(shuffled).toEqual(orderly)
        }),
        { numRuns: RUNS },
      )
    })
  }
})
