import { describe, expect, it } from 'vitest'
import { withClient } from '../../kernel/postgres/withClient.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub } from '../kit/startHub.js'
import { importing } from './importing.js'

const hub = await startHub()
const list = await importing(hub)

const CALLS = ['--system', 'sandbox-pbx', '--type', 'calls']
const FIELDS = `externalId direction outcome status startedAt ringingAt answeredAt endedAt ringSeconds talkSeconds durationSeconds
  queue disposition hangupCause customer { id } agent { id } customerPhone { masked region }
  candidates { id } feedback { source rating note }`
const callsOf = async (person: string) =>
  (await hub.as(person).query(`{ calls(first: 100) { nodes { ${FIELDS} } } }`)).calls.nodes as Record<string, any>[]
const rows = (query: string) => hub.kernel.systemEm().getConnection().execute(query)
const call = async (id: string, person = 'admin') => (await callsOf(person)).find(one => one.externalId === id)

describe('G2: a list of past calls', () => {
  it('is credited to who held the extension, linked by number, and asks nobody to call back', async () => {
    const [wang] = await givenCustomers(hub, { phone: '13711110001', ownerId: 'agent-south-1' })
    const path = await list.file(
      'calls.csv',
      [
        '通话ID,呼叫类型,主叫,被叫,开始时间,振铃时长,接通时间,结束时间,通话时长,坐席,队列,结果,录音,满意度,备注,线路',
        'a-1,呼入,+86 13711110001,4008001234,2026-11-01 10:00:00,10秒,,2026-11-01 10:01:15,00:01:00,1001,sales,已接,/rec/1.wav,5,满意,trunk-telecom',
        'a-2,呼入,13711110002,4008001234,2026-11-01 11:00:00,20,0000-00-00 00:00:00,2026-11-01 11:00:20,0,,sales,未接,,,,',
        'a-3,呼出,4008001234,138****1234,2026/11/1 12:00,,2026/11/1 12:00,,1分20秒,李婷婷,,接通,,,,',
        'a-4,内部,1001,1002,2026-11-01 13:00:00,,,,30,1001,,answered,,,,',
        'a-5,呼入,anonymous,4008001234,2026-11-01 14:00:00,,,,,9999,,mystery,,100.5,,',
        'a-6,sideways,13711110001,4008001234,2026-11-01 14:00:00,,,,,,,,,,,',
        'a-7,呼入,,,2026-11-01 14:00:00,,,,,,,,,,,',
        'a-8,呼入,13711110001,,gestern,,,,,,,,,,,',
      ].join('\r\n'),
    )
    const { code, said } = await list.run(path, ...CALLS)
    expect([code, said]).toEqual([2, expect.stringContaining('5 created')])
    for (const reason of [
      '1 × direction is a word that is not understood',
      '1 × number is missing',
      '1 × startedAt is no time that is understood',
      '1 × agent is nobody the hub knows',
      '1 × outcome is a word that is not understood',
      '1 × rating is no rating from 0 to 100',
    ])
      expect(said).toContain(reason)
    expect(await call('a-1')).toMatchObject({
      direction: 'INBOUND',
      outcome: 'ANSWERED',
      status: 'ENDED',
      startedAt: '2026-11-01T02:00:00.000Z',
      ringingAt: '2026-11-01T02:00:05.000Z',
      answeredAt: '2026-11-01T02:00:15.000Z',
      endedAt: '2026-11-01T02:01:15.000Z',
      ringSeconds: 10,
      talkSeconds: 60,
      durationSeconds: 75,
      queue: 'sales',
      customer: { id: wang },
      agent: { id: 'agent-north-1' },
      customerPhone: { masked: '137****0001' },
      feedback: [
        { source: 'CUSTOMER', rating: 5, note: null },
        { source: 'AGENT', rating: null, note: '满意' },
      ],
    })
    expect(await call('a-2')).toMatchObject({
      outcome: 'NO_ANSWER',
      talkSeconds: 0,
      ringSeconds: 20,
      customer: null,
      agent: null,
    })
    expect(await rows("select team_id, needs_callback from call.call where external_id in ('a-1', 'a-2')")).toEqual([
      { team_id: 'north', needs_callback: false },
      { team_id: 'north', needs_callback: false },
    ])
    expect(await call('a-3')).toMatchObject({
      direction: 'OUTBOUND',
      talkSeconds: 80,
      agent: { id: 'agent-north-2' },
      customer: null,
      customerPhone: { masked: '138****1234', region: null },
    })
    expect(await call('a-4')).toMatchObject({
      direction: 'INTERNAL',
      customer: null,
      customerPhone: null,
      talkSeconds: 30,
    })
    expect(await call('a-5')).toMatchObject({ outcome: 'NO_ANSWER', agent: null, customerPhone: { masked: '****' } })
    expect((await callsOf('agent-north-1')).map(one => one.externalId).sort()).toEqual(['a-1', 'a-4'])
  })

  it('pops no screen, opens no customer, and tells subscribers nothing', async () => {
    await givenCustomers(hub, { phone: '13711110003', ownerId: 'agent-south-1' })
    const told = () =>
      rows(
        'select (select count(*) from hub.feed_event) as events, (select count(*) from access.access_grant) as grants',
      )
    const before = await told()
    const live = await hub.as('agent-north-1').subscribe('subscription { callUpdated { kind } }')
    const now = hub.clock.now().toISOString()
    const path = await list.file(
      'fresh.ndjson',
      `${JSON.stringify({ call_id: 'f-1', direction: 'in', caller: 13711110003, callee: '4008001234', start: now, agent: '1001', status: 'missed' })}\n`,
    )
    expect(await list.run(path, ...CALLS)).toEqual({ code: 0, said: expect.stringContaining('1 created') })
    expect(await call('f-1')).toMatchObject({ agent: { id: 'agent-north-1' } })
    expect(await told()).toEqual(before)
    expect(live.pending).toEqual([])
  })

  it('waits unlinked for its customer, who comes by a list too', async () => {
    const calls = await list.file(
      'before.csv',
      'id,direction,phone,start\nu-1,in,13711110004,2026-11-02 10:00\nu-2,out,+8613711110004,2026-11-02 11:00\n',
    )
    expect(await list.run(calls, ...CALLS)).toMatchObject({ code: 0 })
    expect(await call('u-1')).toMatchObject({ customer: null })
    const customers = await list.file('after.csv', 'id,name,phone,owner\nz-1,赵敏,13711110004,agent-south-2\n')
    expect(await list.run(customers, '--system', 'sandbox-crm', '--type', 'customers')).toMatchObject({ code: 0 })
    expect(await call('u-1', 'agent-south-2')).toMatchObject({ customer: { id: expect.any(String) } })
    expect(await call('u-2', 'agent-south-2')).toMatchObject({ customer: { id: expect.any(String) } })
  })

  it('is known when it comes again, also where it has no ids; what the phone system told stays as it is', async () => {
    await hub.happen(
      {
        callId: 'live-1',
        type: 'call.started',
        legId: 'a',
        direction: 'inbound',
        from: '13711110005',
        extension: '1001',
      },
      { callId: 'live-1', type: 'call.ended', cause: 'live' },
    )
    const text =
      '方向,客户号码,开始时间,通话时长\n呼入,13711110006,2026-11-03 10:00:00,30\n呼入,13711110006,2026-11-03 10:00:00,30\n呼入,13711110006,2026-11-03 10:05:00,30\n'
    const path = await list.file('noIds.csv', text)
    expect((await list.run(path, ...CALLS)).said).toMatch(/2 created[\s\S]*1 known before/)
    expect(
      (await list.run(await list.file('noIds2.csv', `${text}呼入,13711110006,2026-11-03 10:10:00,30\n`), ...CALLS))
        .said,
    ).toMatch(/1 created[\s\S]*3 known before/)
    const live = await list.file(
      'live.csv',
      'id,方向,客户号码,开始时间,通话时长\nlive-1,呼出,13711110007,2026-11-03 10:00:00,30\n',
    )
    expect((await list.run(live, ...CALLS)).said).toMatch(/0 created[\s\S]*1 known before/)
    expect(await call('live-1')).toMatchObject({ direction: 'INBOUND', hangupCause: 'live' })
  })

  it('is known, too, when the phone system tells of it at this very moment', async () => {
    const path = await list.file(
      'race.csv',
      'id,方向,客户号码,开始时间\nr-1,呼入,13711110009,2026-11-03 10:00\nr-2,呼入,13711110010,2026-11-03 10:00\n',
    )
    const said = await withClient(hub.databaseUrls.superUrl, async other => {
      await other.query('begin')
      await other.query(`insert into call.call (id, system_id, external_id, direction, status, started_at, created_at, updated_at)
        values (gen_random_uuid(), 'sandbox-pbx', 'r-2', 'OUTBOUND', 'ENDED', now(), now(), now())`)
      const imported = list.run(path, ...CALLS)
      const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into "call"."call"%'`
      while ((await rows(waits)).length === 0);
      await other.query('commit')
      return imported
    })
    expect(said).toMatchObject({ code: 0, said: expect.stringMatching(/1 created[\s\S]*1 known before/) })
    expect(await call('r-2')).toMatchObject({ direction: 'OUTBOUND' })
  })

  it('is read with the words, times and units of a mapping', async () => {
    const map = await list.file(
      'map.yaml',
      `columns: { Anruf: id, Art: direction, Nummer: number, Zeit: startedAt, Dauer: talk, Egal: null }
words: { direction: { rein: inbound, raus: outbound } }
timeZone: Europe/Berlin
dateFormat: DD.MM.YYYY HH:mm
unit: milliseconds`,
    )
    const path = await list.file(
      'calls.txt',
      'Anruf;Art;Nummer;Zeit;Dauer;Egal\nm-1;rein;13711110008;01.11.2026 10:00;75200;x\n',
    )
    const { code, said } = await list.run(path, ...CALLS, '--map', map)
    expect([code, said]).toEqual([0, expect.stringContaining('1 created')])
    expect(said).not.toContain('Egal')
    expect(await call('m-1')).toMatchObject({
      direction: 'INBOUND',
      startedAt: '2026-11-01T09:00:00.000Z',
      talkSeconds: 75,
    })
  })
})
