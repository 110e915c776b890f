import { beforeEach, describe, expect, it } from 'vitest'
import { factOf, type LineHub, startLineHub } from './lineHub.js'

const poll = (ask: () => unknown) => expect.poll(ask, { timeout: 10_000, interval: 20 })

let lines: LineHub

/** Calls that ring, and are heard of no more. */
async function ringing(...ids: string[]): Promise<void> {
  const at = lines.hub.clock.now()
  lines.server.tell(
    ...ids.flatMap(id => [
      factOf(id, 'LEG_STARTED', at, { direction: 'INBOUND', from: '13812345678', legId: id }),
      factOf(id, 'RINGING', at, { extension: '1001', legId: `${id}-b` }),
    ]),
  )
  await poll(states).toEqual(Object.fromEntries(ids.map(id => [id, 'RINGING'])))
}

const states = async () =>
  Object.fromEntries((await lines.calls()).map(({ externalId, status, outcome }) => [externalId, outcome ?? status]))

async function reapTwice(): Promise<void> {
  await lines.hub.reap()
  lines.hub.clock.advance({ minutes: 1 })
  await lines.hub.reap()
}

describe('A call that never ends, of a system that can be asked', () => {
  beforeEach(async () => {
    lines = await startLineHub()
  })

  it('is over, when it was last heard of, once the system leaves it out twice; others live on, however long', async () => {
    const begun = lines.hub.clock.now().toISOString()
    await ringing('gone', 'there')
    lines.server.calls.add('there')
    lines.hub.clock.advance({ hours: 100 })
    await lines.hub.reap()
    expect(await states()).toEqual({ gone: 'RINGING', there: 'RINGING' })
    lines.hub.clock.advance({ minutes: 1 })
    await lines.hub.reap()
    expect(await states()).toEqual({ gone: 'LOST', there: 'RINGING' })
    const [gone] = (await lines.calls()).filter(({ externalId }) => externalId === 'gone')
    expect(gone).toMatchObject({ status: 'ENDED', endedAt: begun, talkSeconds: 0 })
    // Whoever has it on the screen learns that it is over.
    const told = await lines.hub.kernel
      .systemEm()
      .getConnection()
      .execute(`select data->>'kind' as kind from hub.feed_event where topic = 'call' order by seq`)
    expect(told.at(-1)).toEqual({ kind: 'ENDED' })
  })

  it('B4: ends as it really did where that is learnt later', async () => {
    await ringing('a')
    lines.hub.clock.advance({ minutes: 10 })
    await reapTwice()
    expect(await states()).toEqual({ a: 'LOST' })
    lines.server.tell(factOf('a', 'ENDED', lines.hub.clock.now(), { outcome: 'BUSY' }))
    const endedAt = lines.hub.clock.now().toISOString()
    await poll(lines.calls).toMatchObject([{ outcome: 'BUSY', endedAt }])
  })

  it('lives while the system refuses to say, or says what cannot be true', async () => {
    await ringing('a')
    lines.server.calls.add('a')
    lines.hub.clock.advance({ days: 3 })
    lines.server.manners.calls = 'refuse'
    await reapTwice()
    await reapTwice()
    expect(await states()).toEqual({ a: 'RINGING' })
    // It just told of another call, and names none at all.
    lines.server.manners.calls = 'lie'
    lines.server.tell(factOf('b', 'LEG_STARTED', lines.hub.clock.now(), { legId: 'b' }))
    await poll(async () => (await lines.calls()).length).toBe(2)
    await reapTwice()
    await reapTwice()
    expect(await states()).toEqual({ a: 'RINGING', b: 'DIALING' })
  })
})

describe('A call that never ends, of a system that cannot be asked', () => {
  it('is over after half a day of silence; one that the hub placed and that never rang, after minutes', async () => {
    lines = await startLineHub({ asks: false })
    await ringing('a', 'hub-b')
    lines.server.tell(factOf('hub-c', 'LEG_STARTED', lines.hub.clock.now(), { direction: 'OUTBOUND', legId: 'hub-c' }))
    await poll(async () => (await lines.calls()).length).toBe(3)
    lines.hub.clock.advance({ minutes: 5 })
    await lines.hub.reap()
    expect(await states()).toEqual({ a: 'RINGING', 'hub-b': 'RINGING', 'hub-c': 'LOST' })
    lines.hub.clock.advance({ hours: 11 })
    lines.server.tell(factOf('a', 'ANSWERED', lines.hub.clock.now(), { extension: '1001' }))
    await poll(async () => (await states()).a).toBe('ANSWERED')
    lines.hub.clock.advance({ hours: 1 })
    await lines.hub.reap()
    expect(await states()).toEqual({ a: 'ANSWERED', 'hub-b': 'LOST', 'hub-c': 'LOST' })
  })

  it('C8: one that the hub wrote down itself and no system ever spoke of ends after minutes, and is made anew once one does', async () => {
    lines = await startLineHub({ asks: false })
    const { hub, server } = lines
    const at = hub.clock.now().toISOString()
    await hub.kernel
      .systemEm()
      .getConnection()
      .execute(
        `insert into call.call (id, system_id, external_id, direction, status, started_at, created_at, updated_at)
       values (gen_random_uuid(), 'pbx', 'hub-a', 'OUTBOUND', 'DIALING', '${at}', '${at}', '${at}')`,
      )
    hub.clock.advance({ minutes: 5 })
    await hub.reap()
    expect(await lines.calls()).toMatchObject([{ status: 'ENDED', outcome: 'LOST', endedAt: at, talkSeconds: 0 }])
    const late = factOf('hub-a', 'LEG_STARTED', hub.clock.now(), { direction: 'OUTBOUND', legId: 'hub-a' })
    server.tell(late, factOf('hub-a', 'ENDED', hub.clock.now(), { outcome: 'BUSY' }))
    await poll(lines.calls).toMatchObject([{ status: 'ENDED', outcome: 'BUSY' }])
  })
})
