import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateDatabase } from '../../hub/openDatabase.js'
import { type RunningHub, startHub as startRealHub } from '../../hub.js'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { startPostgres, withClient } from '../../kernel/postgres/index.js'
import { openSandboxIssuer } from '../../sandbox/issuer.js'
import { openFolder } from '../ground/program/folder.js'
import { type Live, TestClient } from '../kit/client.js'
import { postHook, testConfig, testEnv } from '../kit/startHub.js'

const NUMBER = '13912345678'
const clock = new TestClock()
const logged: string[] = []
const log = createLog({ level: 'debug', clock, write: line => void logged.push(line) })

let folder: Awaited<ReturnType<typeof openFolder>>
let server: Awaited<ReturnType<typeof startPostgres>>
let hub: RunningHub
let admin: TestClient

const startServer = async () => {
  server = await startPostgres({ dataDir: folder.path, log: createLog({ level: 'silent', clock }), durable: false })
}

beforeAll(async () => {
  folder = await openFolder()
  await startServer()
  await updateDatabase(server)
  const issuer = await openSandboxIssuer(folder.path, clock)
  const { appUrl, ownerUrl } = server
  hub = await startRealHub({
    env: { ...testEnv(), dataDir: folder.path },
    config: await testConfig(),
    clock,
    log,
    database: { appUrl, ownerUrl },
    issuer,
  })
  admin = new TestClient(hub.url!, () => issuer.issueToken('admin', 3600))
})
afterAll(async () => {
  await admin.close()
  await hub.stop()
  await server.stop()
  await folder[Symbol.asyncDispose]()
})

/** Sends a ringing call, as often as a phone system would: until it is acknowledged. Returns the answers on the way. */
async function ring(
  callId: string,
  until: (status: number) => boolean = status => status === 202,
): Promise<Response[]> {
  const at = clock.now().toISOString()
  const event = {
    id: randomUUID(),
    callId,
    type: 'call.ringing',
    at,
    direction: 'inbound',
    from: NUMBER,
    extension: '1001',
  }
  const answers: Response[] = []
  for (;;) {
    const answer = await postHook(`${hub.url}/hooks/sandbox-pbx`, JSON.stringify(event), clock.now())
    answers.push(answer)
    if (until(answer.status)) return answers
  }
}

const LIVE = 'subscription { callUpdated { kind call { externalId } } }'

/** What is told of so many ringing calls: that each is set up, and that it rings. */
async function toldOf(live: Live<any>, calls: number): Promise<string[]> {
  const events = await live.take(2 * calls)
  return events.map(({ data: { callUpdated } }) => `${callUpdated.call.externalId} ${callUpdated.kind}`)
}

const known = async () => {
  const { calls } = await admin.query('{ calls(first: 100) { nodes { externalId } } }')
  return calls.nodes.map(({ externalId }: { externalId: string }) => externalId)
}

describe('B4: a database that goes away and comes back', () => {
  it('loses nothing that was acknowledged, says 503 meanwhile, and the hub goes on by itself', async () => {
    const live = await admin.subscribe(LIVE)
    await ring('before')
    expect(await toldOf(live, 1)).toEqual(['before DIALING', 'before RINGING'])

    await server.stop()
    const [refused] = await ring('during', () => true)
    expect([refused!.status, refused!.headers.get('retry-after')]).toEqual([503, expect.any(String)])
    const answer = await admin.ask('{ calls(first: 1) { nodes { id } } }')
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(['UNAVAILABLE'])
    const ready = await fetch(`${hub.url}/health/ready`)
    expect([ready.status, (await ready.json()).parts?.database ?? 'down']).toEqual([503, 'down'])
    expect((await fetch(`${hub.url}/health/live`)).status).toBe(200)

    await startServer()
    const answers = await ring('during')
    expect(answers.slice(0, -1).every(({ status }) => status === 503)).toBe(true)
    await ring('after')
    // Applied together, two calls may be told in either order.
    const told = await toldOf(live, 2)
    expect(told.sort()).toEqual(['after DIALING', 'after RINGING', 'during DIALING', 'during RINGING'])
    expect((await known()).sort()).toEqual(['after', 'before', 'during'])
  })

  it('and one that cuts every connection at once does no more than that', async () => {
    const live = await admin.subscribe(LIVE)
    await Promise.all(Array.from({ length: 20 }, () => known()))
    await withClient(server.superUrl, client =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()'),
    )
    await ring('cut')
    expect(await toldOf(live, 1)).toEqual(['cut DIALING', 'cut RINGING'])
    expect(await known()).toContain('cut')
  })

  it('C4: leaves no number in the log, whatever failed', () => {
    const said = logged.join('\n')
    expect(said).toMatch(/ECONNREFUSED|ENOENT|terminat|connection/i)
    expect(said).not.toContain(NUMBER)
    expect(said).not.toMatch(/postgres(ql)?:\/\/[^:/\s]+:[^*@\s]/)
  })
})
