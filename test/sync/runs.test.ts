import { beforeAll, expect, it } from 'vitest'
import { RunState } from '../../subgraphs/sync/run/run.entity.js'
import { closeSilentRuns, Run } from '../../subgraphs/sync/run/runs.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startHub()
})

const RUNS = `{ syncRuns(system: "sandbox-pbx") { nodes {
  id name state progress records changed rejected startedAt endedAt expectedEnd error system { id } } } }`
const shown = async (person = 'admin') => (await hub.as(person).query(RUNS)).syncRuns.nodes
const audited = async () => {
  const { auditTrail } = await hub
    .as('auditor')
    .query('{ auditTrail(filter: { kind: SYNC }, first: 100) { nodes { action subjectType subjectId system } } }')
  return auditTrail.nodes
}
const inMinutes = (minutes: number) => new Date(hub.clock.now().getTime() + minutes * 60_000).toISOString()

it('B13: a run is shown with how far it has come and when it will end, to administrators and auditors', async () => {
  const run = await Run.start(hub.kernel, { systemId: 'sandbox-pbx', name: 'backfill' })
  expect(await shown()).toMatchObject([{ state: 'RUNNING', progress: null, expectedEnd: null }])
  hub.clock.advance({ minutes: 10 })
  await run.came({ progress: 0.25, records: 100, changed: 60, rejected: 1 })
  const [now] = await shown()
  expect(now).toMatchObject({ progress: 0.25, records: 100, changed: 60, rejected: 1, endedAt: null })
  expect(now).toMatchObject({ expectedEnd: inMinutes(30), system: { id: 'sandbox-pbx' } })
  await run.end(RunState.DONE)
  const [ended] = await shown()
  expect(ended).toMatchObject({ state: 'DONE', progress: 1, endedAt: inMinutes(0), expectedEnd: null })
  expect(await shown('auditor')).toEqual(await shown())
  for (const person of ['agent-north-1', 'supervisor-north', 'analyst']) expect(await shown(person)).toEqual([])
  const about = { subjectType: 'SyncRun', subjectId: run.id, system: 'sandbox-pbx' }
  expect(await audited()).toEqual([
    { action: 'SyncRun.done', ...about },
    { action: 'SyncRun.started', ...about },
  ])
})

it('B13: a run whose process is gone is not shown as going on, nor as done', async () => {
  const silent = await Run.start(hub.kernel, { systemId: 'sandbox-pbx', name: 'import.calls' })
  const heardAt = hub.clock.now().toISOString()
  hub.clock.advance({ minutes: 4 })
  const alive = await Run.start(hub.kernel, { systemId: 'sandbox-pbx', name: 'import.customers' })
  hub.clock.advance({ minutes: 2 })
  await closeSilentRuns(hub.kernel)
  const byId = Object.fromEntries((await shown()).map((run: { id: string }) => [run.id, run]))
  expect(byId[silent.id]).toMatchObject({ state: 'CUT_SHORT', endedAt: heardAt })
  expect(byId[alive.id]).toMatchObject({ state: 'RUNNING', endedAt: null })
  expect(await audited()).toContainEqual(expect.objectContaining({ action: 'SyncRun.cutShort', subjectId: silent.id }))
})
