import { beforeAll, describe, expect, it } from 'vitest'
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
    const watching = await admin.subscribe(LIVE)
    await hub.settle()
    await placed('13700009999')
    const { cursor } = await next(watching)
    const theirs = await placed('13700001111')
    expect((await next(watching)).call.externalId).toBe(theirs)
    await admin.query('mutation($id: ID!) { assignCustomer(id: $id, agentId: "agent-south-1") { customer { id } } }', {
      id: customer,
    })
    const former = await hub.as('agent-north-1').subscribe(LIVE, { after: cursor })
    const present = await hub.as('agent-south-1').subscribe(LIVE, { after: cursor })
    expect((await next(present)).call).toMatchObject({ externalId: theirs, customer: { name: '冯唐' } })
    const [own] = await givenCustomers(hub, { phone: '13700002222', ownerId: 'agent-north-1' })
    expect(own).toBeDefined()
    const second = await placed('13700002222')
    expect((await next(former)).call.externalId).toBe(second)
  })
})
