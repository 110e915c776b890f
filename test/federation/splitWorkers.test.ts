import { beforeAll, expect, test } from 'vitest'
import type { RunningHub } from '../../hub.js'
import { withClient } from '../../kernel/postgres/withClient.js'
import { takeMessages } from '../../subgraphs/sync/inbox/inboxStore.js'
import { type SplitHub, splitHub } from './splitHub.js'

const CALLS = 20
const STEPS = ['call.ringing', 'call.answered', 'call.ended'] as const

let split: SplitHub
let gateway: RunningHub

beforeAll(async () => {
  split = await splitHub()
  gateway = await split.start('gateway,crm,call,sync,access')
})

const waiting = async (): Promise<number> => {
  const { rows } = await withClient(split.database.superUrl, client =>
    client.query<{ n: string }>(`select count(*) as n from sync.inbox where state = 'NEW'`),
  )
  return Number(rows[0]!.n)
}

const post = (call: number, step: number): Promise<void> =>
  split.post(gateway, {
    id: `call-${call}-${step}`,
    callId: `call-${call}`,
    type: STEPS[step]!,
    at: new Date(split.clock.now().getTime() - 10_000 + step * 1000).toISOString(),
    direction: 'inbound',
    from: `1390000${String(call).padStart(4, '0')}`,
    extension: '1001',
    legId: 'a',
  })

test('messages of a system are taken by one worker at a time', async () => {
  await post(0, 0)
  const other = await split.start('call')
  const em = gateway.kernel.systemEm()
  const at = new Date('2026-11-23T02:00:00Z')
  const taking = em.transactional(async tx => {
    expect(await takeMessages(tx as typeof em, 'sandbox-pbx', at, 10)).toHaveLength(1)
    const elsewhere = other.kernel.systemEm()
    await elsewhere.transactional(async theirs => {
      expect(await takeMessages(theirs as typeof em, 'sandbox-pbx', at, 10)).toBeNull()
      expect(await takeMessages(theirs as typeof em, 'sandbox-crm', at, 10)).toEqual([])
    })
    throw new Error('It fails after all.')
  })
  await expect(taking).rejects.toThrow('It fails after all.')
  expect(await waiting()).toBe(1)
})

test('two workers apply every message once, and those of a call in their order', async () => {
  await Promise.all([split.start('worker'), split.start('worker')])
  await Promise.all(
    Array.from({ length: CALLS }, async (_, call) => {
      for (const step of STEPS.keys()) await post(call, step)
    }),
  )
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0)
  await withClient(split.database.superUrl, async client => {
    const { rows: messages } = await client.query(
      'select state, tries, count(*)::int as n from sync.inbox group by 1, 2',
    )
    expect(messages).toEqual([{ state: 'APPLIED', tries: 0, n: CALLS * STEPS.length }])
    const { rows: calls } = await client.query<{ kinds: string[] }>(
      `select array_agg(data->>'kind' order by seq) as kinds from hub.feed_event where topic = 'call' group by data->>'callId'`,
    )
    expect(calls).toHaveLength(CALLS)
    for (const { kinds } of calls) {
      const told = kinds.filter(kind => kind !== 'DIALING')
      expect(told).toEqual(['RINGING', 'ANSWERED', 'ENDED'])
    }
  })
})
