import { rm } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { factOf, type LineHub, startLineHub } from './lineHub.js'

const poll = (ask: () => unknown) => expect.poll(ask, { timeout: 10_000, interval: 20 })

describe('A connection that is lost in the middle of a call', () => {
  let lines: LineHub
  beforeAll(async () => {
    lines = await startLineHub()
  })

  it('B14: is shown as a gap while it lasts and afterwards, until the records of that time are read', async () => {
    const { hub, server, keep, pbx, calls, runs } = lines
    const begun = hub.clock.now()
    const started = factOf('a', 'LEG_STARTED', begun, { direction: 'INBOUND', from: '13812345678', legId: 'a' })
    const answered = factOf('a', 'ANSWERED', begun, { extension: '1001', legId: 'b' })
    server.tell(started, answered)
    await poll(async () => (await calls()).map(({ status }) => status)).toEqual(['ANSWERED'])
    expect(await pbx()).toEqual({ id: 'pbx', state: 'UP', gaps: [] })

    await lines.lose()
    expect(await pbx()).toEqual({ id: 'pbx', state: 'DOWN', gaps: [{ from: begun.toISOString(), to: null }] })
    hub.clock.advance({ minutes: 3 })
    const ended = factOf('a', 'ENDED', hub.clock.now(), { outcome: 'ANSWERED' })
    const unseen = [
      factOf('b', 'LEG_STARTED', hub.clock.now(), { direction: 'INBOUND', from: '13900000000', legId: 'b' }),
      factOf('b', 'ENDED', hub.clock.now(), { outcome: 'ABANDONED' }),
    ]
    await keep(started, answered, ended, ...unseen)
    hub.clock.advance({ minutes: 1 })

    await lines.regain()
    const gap = { from: begun.toISOString(), to: hub.clock.now().toISOString() }
    expect((await pbx()).gaps).toEqual([gap])
    await hub.backfill()
    const healed = [
      expect.objectContaining({ externalId: 'b', status: 'ENDED', outcome: 'ABANDONED' }),
      expect.objectContaining({ externalId: 'a', status: 'ENDED', outcome: 'ANSWERED', talkSeconds: 180 }),
    ]
    await poll(calls).toEqual(healed)
    // Records of calls that go on may come yet.
    expect((await pbx()).gaps).toEqual([gap])

    await lines.pass({ minutes: 10 })
    await hub.backfill()
    expect((await pbx()).gaps).toEqual([])
    expect(await calls()).toEqual(healed)
    const run = { name: 'backfill', state: 'DONE', progress: 1, records: 5, rejected: 0, error: null }
    expect(await runs()).toEqual([
      { ...run, changed: 0, endedAt: expect.any(String) },
      { ...run, changed: 3, endedAt: expect.any(String) },
    ])
  })

  it('B14: and flaps makes one gap, not many', async () => {
    for (let i = 0; i < 5; i++) {
      await lines.lose()
      lines.hub.clock.advance({ minutes: 1 })
      await lines.regain()
      await lines.pass({ minutes: 1 })
    }
    expect((await lines.pbx()).gaps).toHaveLength(1)
  })

  it('B14: is for administrators and auditors to see', async () => {
    const asked = '{ systems { id gaps { from } } syncRuns { nodes { id } } }'
    const { systems, syncRuns } = await lines.hub.as('auditor').query(asked)
    expect([systems[0].gaps.length, syncRuns.nodes.length > 0]).toEqual([1, true])
    for (const person of ['agent-north-1', 'supervisor-north', 'analyst'])
      expect(await lines.hub.as(person).query(asked)).toEqual({ systems: [], syncRuns: { nodes: [] } })
  })

  it('C9: leaves its beginning, its end and its filling in the audit', async () => {
    await lines.pass({ minutes: 10 })
    await lines.hub.backfill()
    const { auditTrail } = await lines.hub
      .as('auditor')
      .query('{ auditTrail(filter: { kind: SYNC }, first: 100) { nodes { action subjectType subjectId } } }')
    const done = auditTrail.nodes
      .filter(({ subjectType }: { subjectType: string }) => ['System', 'SyncRun'].includes(subjectType))
      .map(({ action }: { action: string }) => action)
    expect([...new Set(done)].sort()).toEqual([
      'Gap.closed',
      'Gap.ended',
      'Gap.noted',
      'Gap.widened',
      'SyncRun.done',
      'SyncRun.started',
    ])
  })
})

describe('A connection that flaps', () => {
  it('has its records read once a minute, and not each time', async () => {
    const { hub, runs, pass, lose, regain } = await startLineHub()
    for (let i = 0; i < 3; i++) {
      await lose()
      await regain()
      await hub.backfill()
      await pass({ seconds: 10 })
    }
    expect(await runs()).toHaveLength(1)
    await pass({ seconds: 40 })
    await hub.backfill()
    expect(await runs()).toHaveLength(2)
  })

  it('hides from nobody that they cannot be read', async () => {
    const { hub, file, alerts, pass, lose, regain } = await startLineHub()
    await rm(file)
    for (const minutes of [1, 2, 3, 4]) {
      expect(await alerts()).toEqual([])
      await lose()
      hub.clock.advance({ minutes })
      await regain()
      await pass({ minutes: 1 })
      await hub.backfill()
    }
    expect(await alerts()).toMatchObject([{ severity: 'WARNING' }])
  })
})

describe('A hub whose clock is set back', () => {
  it('B14: begins a gap no later than the connection was lost, and fills it', async () => {
    const { hub, keep, pbx, calls, lose, regain } = await startLineHub()
    hub.clock.advance({ hours: -1 })
    const heard = hub.clock.now()
    const until = `select complete_until = '${heard.toISOString()}' as heard from sync.system where id = 'pbx'`
    await poll(() => hub.kernel.systemEm().getConnection().execute(until)).toEqual([{ heard: true }])
    await lose()
    hub.clock.advance({ minutes: 10 })
    await keep(factOf('unseen', 'LEG_STARTED', hub.clock.now(), { legId: 'a' }))
    hub.clock.advance({ minutes: 10 })
    await regain()
    expect((await pbx()).gaps).toEqual([{ from: heard.toISOString(), to: hub.clock.now().toISOString() }])
    await hub.backfill()
    await poll(calls).toMatchObject([{ externalId: 'unseen' }])
  })
})

describe('A system without records', () => {
  it('B14: keeps its gap for everybody to see, and people are told once what to do', async () => {
    const { hub, pbx, alerts, pass, lose, regain } = await startLineHub({ records: false })
    for (let i = 0; i < 2; i++) {
      await lose()
      hub.clock.advance({ minutes: 3 })
      await regain()
      await pass({ days: 1 })
      await hub.backfill()
    }
    expect(await pbx()).toMatchObject({ state: 'UP', gaps: [{}, {}] })
    expect(await alerts()).toEqual([
      { kind: 'calls.gap', severity: 'INFO', nextStep: expect.stringContaining('npm run backfill -- pbx') },
    ])
  })
})

describe('Records that cannot be read', () => {
  it('B5: are tried again less and less often, then people are told; once they can be, the gap is closed and all is well', async () => {
    const { hub, file, keep, pbx, runs, alerts, pass, lose, regain } = await startLineHub()
    await rm(file)
    await lose()
    hub.clock.advance({ minutes: 3 })
    await regain()
    for (const minutes of [0, 1, 3, 9]) {
      expect(await alerts()).toEqual([])
      await pass({ minutes })
      await hub.backfill()
      // Nothing is tried before its time.
      await hub.backfill()
    }
    const failed = await runs()
    expect(failed.map(({ state }) => state)).toEqual(['FAILED', 'FAILED', 'FAILED', 'FAILED'])
    expect(failed[0]!.error).toBe(`The file ${file} could not be read. It is not there.`)
    expect(await pbx()).toMatchObject({ state: 'DEGRADED', gaps: [{}] })
    expect(await alerts()).toEqual([
      { kind: 'calls.gap', severity: 'WARNING', nextStep: expect.stringContaining('It is not there.') },
    ])

    await keep()
    await pass({ minutes: 40 })
    await hub.backfill()
    expect(await pbx()).toEqual({ id: 'pbx', state: 'UP', gaps: [] })
    expect(await alerts()).toEqual([])
  })
})

describe('Calls of the past that are learnt of late', () => {
  it('B12: pop no screen and open no customer', async () => {
    const { hub, keep, calls, lose, regain } = await startLineHub()
    await givenCustomers(hub, { name: '王伟', phone: '13812345678', ownerId: 'agent-south-1' })
    const live = await hub.as('agent-north-1').subscribe('subscription { callUpdated { kind } }')
    await lose()
    const then = hub.clock.now()
    await keep(
      factOf('old', 'LEG_STARTED', then, { direction: 'INBOUND', from: '13812345678', legId: 'a' }),
      factOf('old', 'RINGING', then, { extension: '1001', legId: 'b' }),
      factOf('old', 'ANSWERED', then, { extension: '1001', legId: 'b' }),
      factOf('old', 'ENDED', then, { outcome: 'ANSWERED' }),
    )
    hub.clock.advance({ hours: 8 })
    await regain()
    await hub.backfill()
    await poll(calls).toMatchObject([{ externalId: 'old', outcome: 'ANSWERED' }])
    const em = hub.kernel.systemEm().getConnection()
    expect(await em.execute('select count(*)::int as n from access.access_grant')).toEqual([{ n: 0 }])
    expect(await em.execute(`select count(*)::int as n from hub.feed_event where topic = 'call'`)).toEqual([{ n: 0 }])
    expect(live.pending).toEqual([])
  })
})
