import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdSandboxPbx } from '../../hub/holdSandboxPbx.js'
import { createLog } from '../../kernel/log/index.js'
import { type Sandbox, startSandbox } from '../../sandbox/startSandbox.js'
import { HangUpDocument, PlaceCallDocument } from '../../schema/operations/generated/graphql.js'
import { givenCustomers } from '../kit/factories.js'
import { hookSecret, startHub, type TestHub, testConfig } from '../kit/startHub.js'

const lines: string[] = []
const log = createLog({ level: 'warn', clock: { now: () => new Date() }, write: line => void lines.push(line) })

describe('C8: in the sandbox', () => {
  let hub: TestHub
  let sandbox: Sandbox
  let dataDir: string
  beforeAll(async () => {
    const held = await holdSandboxPbx(await testConfig(), { port: 0 }, log)
    hub = await startHub({ config: () => held.config })
    dataDir = await mkdtemp(join(tmpdir(), 'sandbox-dial-'))
    sandbox = await startSandbox({
      dataDir,
      hubUrl: hub.url,
      secrets: { pbx: hookSecret, crm: hookSecret },
      clock: hub.clock,
      log,
      quiet: true,
      manual: true,
      ports: { pbx: held.door },
    })
  })
  afterAll(async () => {
    await sandbox?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const pass = async (seconds: number) => {
    for (let quarter = 0; quarter < seconds * 4; quarter++) {
      hub.clock.advance({ ms: 250 })
      await sandbox.runDue()
    }
    await hub.settle()
  }
  const phones = async (): Promise<{ extension: string; display: string | null }[]> => {
    const answer = await fetch(`${sandbox.pbxUrl}/control/state`, { headers: { 'x-api-key': hookSecret } })
    return ((await answer.json()) as { agents: { extension: string; display: string | null }[] }).agents
  }

  it('an agent’s call rings at their phone, which shows the masked number, is told of, and ends when they hang up', async () => {
    const phone = '13612345678'
    const [customerId] = await givenCustomers(hub, { phone, ownerId: 'agent-north-2' })
    const agent = hub.as('agent-north-2')
    const { placeCall } = await agent.run(PlaceCallDocument, { input: { customerId: customerId! } })
    const { id } = placeCall!.call!
    expect(await phones()).toContainEqual(expect.objectContaining({ extension: '1002', display: '136****5678' }))
    const call = async () =>
      (
        await agent.query(
          'query($id: ID!) { call(id: $id) { status direction outcome customer { id } legs { id agent { id } } } }',
          { id },
        )
      ).call
    await pass(3)
    expect(await call()).toMatchObject({
      status: 'RINGING',
      direction: 'OUTBOUND',
      customer: { id: customerId },
      legs: [{ agent: { id: 'agent-north-2' } }, { agent: null }],
    })
    await agent.run(HangUpDocument, { callId: id })
    await pass(1)
    expect(await call()).toMatchObject({ status: 'ENDED', customer: { id: customerId } })
    expect((await agent.query('{ calls(first: 9) { totalCount } }')).calls.totalCount).toBe(1)
  })
})

describe('The sandbox PBX', () => {
  const at = async (address: string) => {
    const config = await testConfig()
    const systems = config.systems.map(system => (system.id === 'sandbox-pbx' ? { ...system, address } : system))
    return { ...config, systems }
  }
  const addressOf = ({ config }: Awaited<ReturnType<typeof holdSandboxPbx>>) =>
    config.systems.find(({ id }) => id === 'sandbox-pbx')!.address

  it('answers where the configuration says, or on a free port where somebody else does; the hub knows either', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise(listening => taken.once('listening', listening))
    const { port } = taken.address() as { port: number }
    const config = await at(`http://127.0.0.1:${port}`)
    const second = await holdSandboxPbx(config, { port: 4000 }, log)
    expect(second.door.url).not.toBe(`http://127.0.0.1:${port}`)
    expect(addressOf(second)).toBe(second.door.url)
    expect(lines.join()).toContain('is taken')
    await second.door.stop()
    await new Promise(closed => taken.close(closed))
    const first = await holdSandboxPbx(config, { port: 4000 }, log)
    expect([first.door.url, addressOf(first)]).toEqual(Array(2).fill(`http://127.0.0.1:${port}`))
    await first.door.stop()
  })

  it('says that it is not ready while nobody is at the door', async () => {
    const { door } = await holdSandboxPbx(await at('https://pbx.example'), { port: 4000 }, log)
    expect((await fetch(`${door.url}/calls/live`)).status).toBe(503)
    await door.stop()
  })
})
