import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BackfillOrder, backfillSystem } from '../../commands/backfillSystem.js'
import { createLog } from '../../kernel/log/index.js'
import { lineConnector } from '../kit/lineConnector.js'
import { testEnv } from '../kit/startHub.js'
import { factOf, type LineHub, startLineHub, withLines } from './lineHub.js'

const poll = (ask: () => unknown) => expect.poll(ask, { timeout: 10_000, interval: 20 })
const BACKFILL = `mutation($from: DateTime!, $to: DateTime, $system: ID = "pbx") {
  backfillSystem(system: $system, from: $from, to: $to) { run { name state system { id } } } }`
const YESTERDAY = '2026-11-22T02:00:00.000Z'

let lines: LineHub
const pastCall = (id: string, at = YESTERDAY) => {
  const then = new Date(at)
  return [
    factOf(id, 'LEG_STARTED', then, { direction: 'INBOUND', from: '13812345678', legId: id }),
    factOf(id, 'ENDED', then, { outcome: 'BUSY' }),
  ]
}

describe('An administrator who asks for the past', () => {
  beforeAll(async () => {
    lines = await startLineHub()
  })

  it('B14: gets what the system has on record of it, and gaps of that time are closed', async () => {
    const { hub, keep, pbx, calls, runs } = lines
    await lines.lose()
    hub.clock.advance({ minutes: 5 })
    await lines.regain()
    await keep(...pastCall('old'), ...pastCall('older', '2026-11-20T02:00:00.000Z'))
    await lines.pass({ minutes: 11 })
    const { backfillSystem: answer } = await hub.as('admin').query(BACKFILL, { from: YESTERDAY })
    expect(answer.run).toEqual({ name: 'backfill', state: 'RUNNING', system: { id: 'pbx' } })
    await hub.backfill()
    await poll(calls).toMatchObject([{ externalId: 'old', outcome: 'BUSY' }])
    await poll(runs).toContainEqual(expect.objectContaining({ state: 'DONE', records: 2 }))
    await poll(async () => (await pbx()).gaps).toEqual([])
    const { auditTrail } = await hub
      .as('auditor')
      .query('{ auditTrail(filter: { kind: SYNC }) { nodes { action actor { id } } } }')
    expect(auditTrail.nodes).toContainEqual({ action: 'SyncRun.started', actor: { id: 'admin' } })
  })

  it('is told what is wrong with the wish; others may not wish', async () => {
    const { hub } = lines
    const problems = async (person: string, variables: object) => {
      const { errors = [] } = await hub.as(person).ask(BACKFILL, { from: YESTERDAY, ...variables })
      return errors.map(({ extensions }) => [extensions?.code, extensions?.field].filter(Boolean).join(' '))
    }
    expect(await problems('admin', { to: '2026-11-21T02:00:00Z' })).toEqual(['BAD_USER_INPUT from'])
    expect(await problems('admin', { system: 'nobody' })).toEqual(['NOT_FOUND'])
    expect(await problems('auditor', {})).toEqual(['FORBIDDEN'])
    expect(await problems('supervisor-north', {})).toEqual(['NOT_FOUND'])
    expect(await problems('agent-north-1', {})).toEqual(['NOT_FOUND'])
    const { hub: other } = await startLineHub({ records: false })
    const { errors } = await other.as('admin').ask(BACKFILL, { from: YESTERDAY })
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'system' } })
  })
})

describe('npm run backfill', () => {
  beforeAll(async () => {
    // It reads nothing by itself.
    lines = await startLineHub({ records: false })
  })

  const run = (order: Partial<BackfillOrder>, signal = new AbortController().signal) => {
    const { hub, server, file } = lines
    return backfillSystem(
      { system: 'pbx', ...order },
      {
        env: testEnv(),
        config: withLines(hub.config, server.port, { backfill: { file } }),
        clock: hub.clock,
        log: createLog({ level: 'silent', clock: hub.clock }),
        database: async () => hub.databaseUrls,
        connectors: [lineConnector(hub.clock)],
        signal,
      },
    )
  }

  it('reads beside a running hub what is on record, once however often it is run, and says how much it was', async () => {
    const { keep, calls, runs, file } = lines
    await keep(...pastCall('a'), ...pastCall('b'))
    await appendFile(file, '13812345678 is no record\n')
    const done = await run({ from: '2026-11-22', to: '2026-11-23' })
    expect(done).toMatchObject({ state: 'DONE', records: 4, changed: 4, unreadable: 1, about: `the file ${file}` })
    expect(done.span.from.toISOString()).toBe('2026-11-21T16:00:00.000Z')
    expect((await calls()).map(({ externalId, outcome }) => [externalId, outcome]).sort()).toEqual([
      ['a', 'BUSY'],
      ['b', 'BUSY'],
    ])
    lines.hub.clock.advance({ seconds: 1 })
    expect(await run({ from: '2026-11-22' })).toMatchObject({ state: 'DONE', records: 4, changed: 0 })
    expect(await runs()).toMatchObject([
      { state: 'DONE', records: 4, changed: 0, rejected: 1 },
      { state: 'DONE', records: 4, changed: 4, rejected: 1 },
    ])
    expect(JSON.stringify(await runs())).not.toContain('13812345678')
  })

  it('fills what is missing where it is told nothing else, but not before late records must be there', async () => {
    const { hub, pbx } = lines
    await expect(run({})).rejects.toThrow('has no gap to fill. Say since when')
    await lines.lose()
    hub.clock.advance({ minutes: 5 })
    await lines.regain()
    expect((await run({})).covered).toEqual({ closed: 0, early: 1 })
    expect((await pbx()).gaps).toHaveLength(1)
    await lines.pass({ minutes: 10 })
    expect((await run({})).covered).toEqual({ closed: 1, early: 0 })
    expect((await pbx()).gaps).toEqual([])
  })

  it('reads another file that somebody brings', async () => {
    const { file, calls } = lines
    const brought = join(file, '..', 'brought.ndjson')
    await writeFile(
      brought,
      pastCall('c')
        .map(fact => JSON.stringify(fact))
        .join('\n'),
    )
    expect(await run({ source: brought })).toMatchObject({ changed: 2, about: `the file ${brought}` })
    expect(await calls()).toContainEqual(expect.objectContaining({ externalId: 'c' }))
  })

  it('says what is wrong with what it was told', async () => {
    await expect(run({ system: 'pbx2' })).rejects.toThrow('There is no system "pbx2". There are: pbx.')
    await expect(run({ from: 'gestern' })).rejects.toThrow('"gestern" is no time. Write it like 2026-11-01T08:30')
    await expect(run({ from: '2026-11-22', to: '2026-11-21' })).rejects.toThrow('--from must be earlier')
    const missing = await run({ source: '/nowhere/at/all' })
    expect(missing).toMatchObject({
      state: 'FAILED',
      reason: 'The file /nowhere/at/all could not be read. It is not there.',
    })
  })

  it('keeps what it read when it is cut short', async () => {
    const { keep, runs } = lines
    await keep(...pastCall('a'))
    const stop = new AbortController()
    stop.abort()
    expect(await run({ from: '2026-11-22' }, stop.signal)).toMatchObject({ state: 'CUT_SHORT' })
    expect(await runs()).toContainEqual(expect.objectContaining({ state: 'CUT_SHORT', error: null }))
  })
})
