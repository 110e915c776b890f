import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { retentionJob } from '../../hub/retention.js'
import type { Kernel } from '../../kernel/context/index.js'
import type { FeedItem } from '../../kernel/feed/index.js'
import { startHub, type TestHub } from '../kit/startHub.js'

const WRITERS = 8
const EACH = 25

let hub: TestHub
let kernel: Kernel

beforeAll(async () => {
  hub = await startHub()
  kernel = hub.kernel
})

/** Commits `EACH` transactions, each of some events, some of them slow, so that commits overlap and overtake each other. */
async function write(topic: string, writer: number, delays: readonly number[]): Promise<void> {
  for (let n = 0; n < EACH; n++) {
    await kernel.transact(kernel.systemEm(), async change => {
      const { em } = change
      const delay = delays[(writer * EACH + n) % delays.length]!
      if (delay > 0)
        await em.getConnection().execute(`select pg_sleep(${delay / 1000})`, [], 'run', em.getTransactionContext())
      for (let i = 0; i <= n % 3; i++) change.emit(topic, { writer, n, i })
    })
  }
}

const EXPECTED = WRITERS * Array.from({ length: EACH }, (_, n) => (n % 3) + 1).reduce((a, b) => a + b)

/** Follows a topic until it has everything, leaving and resuming with its last cursor whenever `stays` says so. */
async function follow(topic: string, from: number, stays: readonly number[]): Promise<FeedItem[]> {
  const seen: FeedItem[] = []
  let last = from
  for (let turn = 0; seen.length < EXPECTED; turn++) {
    const items = await kernel.feed.subscribe(topic, last)
    for (let left = stays[turn % stays.length]!; left > 0 && seen.length < EXPECTED; left--) {
      const { value } = await items.next()
      seen.push(value)
      last = value.event.seq
    }
    await items.return?.()
  }
  return seen
}

describe('F3: a subscriber that drops and resumes with its last cursor', () => {
  it('sees every event once and in order, whatever eight writers commit meanwhile', async () => {
    let round = 0
    const delays = fc.array(fc.constantFrom(0, 0, 0, 1, 3), { minLength: 5, maxLength: 20 })
    const stays = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(delays, stays, async (slow, turns) => {
        const topic = `test-${round++}`
        const from = 0
        const following = follow(topic, from, turns)
        await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(topic, writer, slow)))
        const events = (await following).map(({ event }) => event!)
        const keys = events.map(({ data }) => `${data.writer}:${data.n}:${data.i}`)
        expect(new Set(keys).size).toBe(EXPECTED)
        expect(events.map(({ seq }) => seq)).toEqual([...events].map(({ seq }) => seq).sort((a, b) => a - b))
        // What one writer committed comes in the order in which it did.
        for (let writer = 0; writer < WRITERS; writer++) {
          const own = events.filter(({ data }) => data.writer === writer).map(({ data }) => Number(data.n))
          expect(own).toEqual([...own].sort((a, b) => a - b))
        }
      }),
      { numRuns: 6 },
    )
  })

  it('is told CURSOR_EXPIRED once events after its cursor are no longer kept, and how to go on', async () => {
    await kernel.transact(kernel.systemEm(), async change => change.emit('old', {}))
    const items = await kernel.feed.subscribe('old', 0)
    const { value } = await items.next()
    await items.return?.()
    hub.clock.advance({ days: 8 })
    await retentionJob(kernel).run()
    await expect(kernel.feed.subscribe('old', 0)).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } })
    const resumed = await kernel.feed.subscribe('old', value.event.seq)
    await resumed.return?.()
  })
})

describe('F3: a subscription at the gateway', () => {
  const LIVE = 'subscription($after: Cursor) { callUpdated(after: $after) { cursor kind call { externalId } } }'
  const ring = (callId: string) =>
    hub.happen({ callId, type: 'call.ringing', direction: 'inbound', from: '13800138000', extension: '1001' })

  it('goes on after its cursor without gap or repeat', async () => {
    const li = hub.as('agent-north-1')
    const live = await li.subscribe(LIVE)
    await hub.settle()
    await ring('one')
    const [first] = await live.take(1)
    live.stop()
    await ring('two')
    await ring('three')
    const again = await li.subscribe(LIVE, { after: first!.data.callUpdated.cursor })
    const rest = await again.take(5)
    expect(rest.map(({ data }) => `${data.callUpdated.call.externalId} ${data.callUpdated.kind}`)).toEqual([
      'one RINGING',
      'two DIALING',
      'two RINGING',
      'three DIALING',
      'three RINGING',
    ])
  })

  it('refuses a cursor that is not its own', async () => {
    const li = hub.as('agent-north-1')
    const { calls } = await li.query('{ calls(first: 1) { pageInfo { endCursor } } }')
    const live = await li.subscribe(LIVE, { after: calls.pageInfo.endCursor })
    const told = await live.next().catch(error => error)
    expect(JSON.stringify(told) + String(told)).toContain('BAD_USER_INPUT')
  })

  it('shows what its viewer may see at each event: nothing once they are suspended', async () => {
    const wang = hub.as('agent-south-1')
    const live = await wang.subscribe(LIVE)
    await hub.happen({
      callId: 'south-1',
      type: 'call.ringing',
      direction: 'inbound',
      from: '13800138001',
      extension: '2001',
    })
    expect((await live.next()).data.callUpdated.call.externalId).toBe('south-1')
    await hub.as('admin').query('mutation { suspendPerson(id: "agent-south-1", reason: "离职") { person { state } } }')
    await hub.happen({
      callId: 'south-2',
      type: 'call.ringing',
      direction: 'inbound',
      from: '13800138002',
      extension: '2001',
    })
    await live.ended().catch(() => undefined)
    expect(JSON.stringify(live.pending)).not.toContain('south-2')
  })
})
