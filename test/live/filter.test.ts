import { beforeAll, describe, expect, it } from 'vitest'
import { sealCursor } from '../../kernel/encryption/index.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub

beforeAll(async () => {
  hub = await startHub()
})

/** A call that begins now. */
const rings = (callId: string) =>
  hub.happen({ callId, type: 'call.ringing', direction: 'inbound', from: '13800138000', extension: '1001' })

describe('F3: a subscription to calls of some time', () => {
  it('is told of those that began within it and of no others', async () => {
    await rings('early')
    hub.clock.advance({ minutes: 10 })
    await rings('amid')
    hub.clock.advance({ minutes: 10 })
    await rings('late')
    await hub.happen({ callId: 'amid', type: 'call.feedback', by: 'customer', rating: 5 })
    // With a cursor a subscription misses nothing, however late the server takes it up.
    const after = sealCursor(hub.kernel.keys, { topic: 'call', seq: 0 })
    const told = async (filter: Record<string, string>) => {
      const live = await hub
        .as('admin')
        .subscribe<any>(
          'subscription($filter: CallFilter, $after: Cursor) { callUpdated(filter: $filter, after: $after) { kind call { externalId } } }',
          { filter, after },
        )
      const ids = new Set<string>()
      for (;;) {
        const { kind, call } = (await live.next()).data!.callUpdated
        ids.add(call.externalId)
        // The last event of all is about a call that fits each of these filters.
        if (kind === 'FEEDBACK') return [...ids]
      }
    }
    const from = '2026-11-23T02:05:00Z'
    const to = '2026-11-23T02:15:00Z'
    expect(await told({ from })).toEqual(['amid', 'late'])
    expect(await told({ to })).toEqual(['early', 'amid'])
    expect(await told({ from, to })).toEqual(['amid'])
  })
})
