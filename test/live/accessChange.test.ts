import { beforeAll, describe, expect, it } from 'vitest'
import { sealCursor } from '../../kernel/encryption/index.js'
import { AssignCustomerDocument } from '../../schema/operations/generated/graphql.js'
import type { Live } from '../kit/client.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

const LIVE = `subscription($after: Cursor) {
  callUpdated(after: $after) { cursor kind call { id externalId customerPhone { masked } customer { name } } }
}`

let hub: TestHub
let calls = 0

beforeAll(async () => {
  hub = await startHub()
})

/** With a cursor a subscription misses nothing, however late the server takes it up. */
const fromTheStart = () => sealCursor(hub.kernel.keys, { topic: 'call', seq: 0 })

const next = async (live: Live<any>) => (await live.next()).data!.callUpdated

/** A call with this number that agent-north-2 places, so that only what its customer's owner is lets others see it. */
async function placed(number: string): Promise<string> {
  const callId = `access-${++calls}`
  await hub.happen({
    callId,
    type: 'call.started',
    legId: 'a',
    direction: 'outbound',
    from: '1002',
    to: number,
    extension: '1002',
  })
  return callId
}

describe('F3: a change of access', () => {
  it('takes what is no longer theirs out of what a former owner resumes, although others have just been told of it', async () => {
    const [customer] = await givenCustomers(hub, { name: '冯唐', phone: '13700001111', ownerId: 'agent-north-1' })
    const admin = hub.as('admin')
    await placed('13700009999')
    const watching = await admin.subscribe(LIVE, { after: fromTheStart() })
    const { cursor } = await next(watching)
    const theirs = await placed('13700001111')
    expect((await next(watching)).call.externalId).toBe(theirs)
    await admin.run(AssignCustomerDocument, { id: customer!, agentId: 'agent-south-1' })
    const former = await hub.as('agent-north-1').subscribe(LIVE, { after: cursor })
    const present = await hub.as('agent-south-1').subscribe(LIVE, { after: cursor })
    expect((await next(present)).call).toMatchObject({ externalId: theirs, customer: { name: '冯唐' } })
    await givenCustomers(hub, { phone: '13700002222', ownerId: 'agent-north-1' })
    const second = await placed('13700002222')
    expect((await next(former)).call.externalId).toBe(second)
  })

  it('opens a call that rings to whom it rings at, and closes it to them 30 minutes after its end, on one socket', async () => {
    await givenCustomers(hub, { name: '陈晨', phone: '13700003333', ownerId: 'agent-south-1' })
    const agent = await hub.as('agent-north-2').subscribe(LIVE, { after: fromTheStart() })
    const told = async (kind: string) => {
      for (;;) {
        const event = await next(agent)
        if (event.kind === kind) return event
      }
    }
    const callId = 'access-ring'
    const from = { callId, direction: 'inbound', from: '13700003333', to: '400', legId: 'a' }
    await hub.happen({ ...from, type: 'call.started' }, { callId, legId: 'b', type: 'call.ringing', extension: '1002' })
    await hub.happen({ callId, legId: 'c', type: 'call.connected', extension: '1001' }, { callId, type: 'call.ended' })
    expect((await told('ENDED')).call.customer).toEqual({ name: '陈晨' })
    hub.clock.advance({ minutes: 29 })
    await hub.happen({ callId, type: 'call.feedback', by: 'customer', rating: 3 })
    expect((await told('FEEDBACK')).call.customer).toEqual({ name: '陈晨' })
    hub.clock.advance({ minutes: 2 })
    await hub.happen({ callId, type: 'call.feedback', by: 'customer', rating: 4 })
    const last = await placed('13700009999')
    // What the agent is told next is their own call: nothing of the other one came between.
    expect((await next(agent)).call.externalId).toBe(last)
  })
})
