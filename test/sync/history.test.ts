import { expect, it } from 'vitest'
import { CallDirection, CallOutcome } from '../../subgraphs/call/call/enums.js'
import { expireFacts, loadCalls } from '../../subgraphs/call/index.js'
import { startHub } from '../kit/startHub.js'

const CALLS =
  '{ calls { nodes { externalId direction outcome answeredAt endedAt talkSeconds customerPhone { masked } } } }'
const PBX = 'sandbox-pbx'

it('B12: a call of the past is left as it is, whatever little is said of it late', async () => {
  const hub = await startHub()
  const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 2, minute))
  await loadCalls(hub.kernel, PBX, [
    {
      externalId: 'loaded',
      direction: CallDirection.INBOUND,
      outcome: CallOutcome.ANSWERED,
      number: '13812345678',
      agentId: 'agent-north-1',
      teamId: 'north',
      queue: null,
      lineId: null,
      startedAt: at(0),
      ringingAt: at(0),
      answeredAt: at(1),
      endedAt: at(5),
      disposition: null,
    },
  ])
  const admin = hub.as('admin')
  const before = await admin.query(CALLS)
  await hub.happen({ callId: 'loaded', type: 'call.leg_ended', legId: 'x', at: at(9).toISOString() })
  await hub.happen({ callId: 'loaded', type: 'call.ended', outcome: 'busy', at: at(9).toISOString() })
  expect(await admin.query(CALLS)).toEqual(before)
})

it('B4: facts of a call are forgotten all at once, and never while it goes on', async () => {
  const hub = await startHub()
  const call = { direction: 'inbound', from: '13812345678', legId: 'a' }
  await hub.happen({ ...call, callId: 'over', type: 'call.started' }, { callId: 'over', type: 'call.ended' })
  await hub.happen({ ...call, callId: 'rated', type: 'call.started' }, { callId: 'rated', type: 'call.ended' })
  await hub.happen({ ...call, callId: 'open', type: 'call.started' })
  hub.clock.advance({ days: 20 })
  await hub.happen({ callId: 'rated', type: 'call.feedback', rating: 4, by: 'customer' })
  hub.clock.advance({ days: 11 })
  const em = hub.kernel.systemEm()
  await expireFacts(em, new Date(hub.clock.now().getTime() - 30 * 86_400_000))
  const left = await em
    .getConnection()
    .execute('select call_external_id as id, count(*)::int as n from call.call_fact group by 1 order by 1')
  expect(left).toEqual([
    { id: 'open', n: 1 },
    { id: 'rated', n: 3 },
  ])
  const admin = hub.as('admin')
  const before = await admin.query(CALLS)
  await hub.happen({ callId: 'over', type: 'call.feedback', rating: 1, by: 'customer' })
  expect(await admin.query(CALLS)).toEqual(before)
})
