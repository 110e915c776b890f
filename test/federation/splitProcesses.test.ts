import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../kernel/clock.js'
import { sandboxConfigPath } from '../../sandbox/configPath.js'
import { openSandboxIssuer } from '../../sandbox/issuer.js'
import { AmiServer } from '../kit/amiServer.js'
import { TestClient } from '../kit/client.js'
import { emptyTemplate, type FreshDatabase, freshDatabase } from '../kit/database.js'
import { hookSecret, postHook } from '../kit/startHub.js'
import { buildHub, freePorts, type HubProcess, runProcess } from './splitProcesses.js'

const PARTS = ['crm', 'call,sync,access,worker', 'gateway'] as const
type Parts = (typeof PARTS)[number]

let ami: AmiServer
let database: FreshDatabase
let dataDir: string
let build: ReturnType<typeof buildHub>
let url: string
let admin: TestClient
let start: (parts: Parts) => Promise<HubProcess>
const running = new Map<Parts, HubProcess>()

beforeAll(async () => {
  ami = await AmiServer.start()
  build = buildHub()
  database = await freshDatabase(emptyTemplate)
  dataDir = await mkdtemp(join(tmpdir(), 'hub-split-'))
  const config = join(dataDir, 'hub.yaml')
  const asterisk = `  - { id: pbx, name: 总机, kind: CALL, connector: asterisk, address: "${ami.address}", secret: "\${AMI_SECRET}", settings: { username: hub } }\n`
  await writeFile(config, (await readFile(sandboxConfigPath, 'utf8')) + asterisk)
  const port = await freePorts()
  url = `http://127.0.0.1:${port}`
  start = async parts => {
    const process = await runProcess(build.folder, {
      HUB_RUN: parts,
      HUB_SANDBOX: 'off',
      HUB_CONFIG: config,
      AMI_SECRET: ami.secret,
      HUB_DATA: dataDir,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      PORT: String(port),
      HUB_SUBGRAPH_PORT_BASE: String(port + 1),
      SANDBOX_PBX_SECRET: hookSecret,
      SANDBOX_CRM_SECRET: hookSecret,
      LOG_LEVEL: 'error',
    })
    running.set(parts, process)
    return process
  }
  // All at once on an empty database: one of them makes the tables, the others wait for it.
  await Promise.all(PARTS.map(start))
  const issuer = await openSandboxIssuer(dataDir, systemClock)
  admin = new TestClient(url, () => issuer.issueToken('admin', 3600))
})

afterAll(async () => {
  await admin.close()
  for (const { process } of running.values()) process.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
  await database.drop()
  await ami.stop()
  build[Symbol.dispose]()
})

const ASKED = `{
  me { id }
  calls(first: 1) { nodes { externalId customer { id } } }
  customers(first: 1) { nodes { id } }
}`

test('three processes stand as one hub; when one is killed the rest of the answer still comes, and it comes back', async () => {
  const live = await admin.subscribe('subscription { callUpdated { call { externalId } } }')
  const body = JSON.stringify({
    id: 'e-1',
    callId: 'c-1',
    type: 'call.ringing',
    at: systemClock.now().toISOString(),
    direction: 'inbound',
    from: '13800138000',
    extension: '1001',
    legId: 'l-1',
  })
  const stored = await postHook(`${url}/hooks/sandbox-pbx`, body, systemClock.now())
  expect(stored.status).toBe(202)
  await expect
    .poll(() => admin.query(ASKED), { timeout: 10_000 })
    .toMatchObject({
      me: { id: 'admin' },
      calls: { nodes: [{ externalId: 'c-1' }] },
      customers: { nodes: [] },
    })
  live.stop()

  await running.get('crm')!.kill()
  const { data, errors } = await admin.ask(ASKED)
  expect(data).toEqual({
    me: { id: 'admin' },
    calls: { nodes: [{ externalId: 'c-1', customer: null }] },
    customers: null,
  })
  expect(errors).toEqual([{ message: expect.any(String), path: ['customers'], extensions: { code: 'UNAVAILABLE' } }])
  const ready = await fetch(`${url}/health/ready`)
  expect([ready.status, await ready.json()]).toMatchObject([503, { parts: { crm: 'down', call: 'up' } }])

  await start('crm')
  expect(await admin.query(ASKED)).toMatchObject({ customers: { nodes: [] } })
})

test('B14: a process that was killed leaves a gap, from the last it is known to have heard until it is back', async () => {
  const asked = async () => {
    const { systems } = await admin.query('{ systems { id state gaps { from to } } }')
    return systems.find(({ id }: { id: string }) => id === 'pbx')
  }
  await expect.poll(asked, { timeout: 10_000 }).toMatchObject({ state: 'UP', gaps: [] })
  const before = systemClock.now()
  await running.get('call,sync,access,worker')!.kill()
  await start('call,sync,access,worker')
  await expect.poll(asked, { timeout: 10_000 }).toMatchObject({ state: 'UP', gaps: [{}] })
  const [gap] = (await asked()).gaps
  expect(Date.parse(gap.from)).toBeLessThan(before.getTime())
  expect(Date.parse(gap.to)).toBeGreaterThan(before.getTime())
})

test('each ends at SIGTERM by itself, whatever order they are told in', async () => {
  const codes = await Promise.all([...running.values()].map(process => process.stop()))
  expect(codes).toEqual([0, 0, 0])
})
