import { request } from 'node:https'
import { beforeAll, describe, expect, it } from 'vitest'
import { openSubgraphPorts } from '../../hub/subgraphPorts.js'
import type { RunningHub } from '../../hub.js'
import { sealCursor } from '../../kernel/encryption/index.js'
import { InternalTokens } from '../../kernel/subgraph/index.js'
import { CALL_TOPIC } from '../../subgraphs/call/call/callTopic.js'
import type { Answer, Live } from '../kit/client.js'
import { authority, certificate, certificateKey } from './splitCertificate.js'
import { givenCustomer, type SplitHub, splitHub } from './splitHub.js'

const CALLS = `subscription($after: Cursor) {
  callUpdated(after: $after) { kind call { externalId status customer { name } agent { id } } }
}`

interface CallUpdated {
  callUpdated: { kind: string; call: { status: string } }
}

/** The next event of this kind; those before it are let pass. */
async function told(live: Live<CallUpdated>, kind: string): Promise<Answer<CallUpdated>> {
  for (;;) {
    const answer = await live.next()
    if (answer.data?.callUpdated.kind === kind) return answer
  }
}

describe('Four subgraphs, worker and gateway in processes of their own', () => {
  let split: SplitHub
  let subgraphs: RunningHub
  let worker: RunningHub
  let gateway: RunningHub

  beforeAll(async () => {
    split = await splitHub()
    ;[subgraphs, worker] = await Promise.all([split.start('crm,call,sync,access'), split.start('worker')])
    gateway = await split.start('gateway')
    await givenCustomer(subgraphs, '赵敏', '13800138000')
  })

  /** A subscription that has everything from the beginning on: what it gave first shows that it is attached. */
  const follow = (person: string) =>
    split
      .as(gateway, person)
      .subscribe<CallUpdated>(CALLS, { after: sealCursor(gateway.kernel.keys, { topic: CALL_TOPIC, seq: 0 }) })

  it('tell a subscriber at the gateway of a call that rings, with its customer', async () => {
    const live = await follow('agent-north-1')
    const call = { callId: 'c-1', direction: 'inbound', from: '13800138000', extension: '1001', legId: 'l-1' }
    await split.post(gateway, { ...call, id: 'e-1', type: 'call.ringing' })
    expect(await told(live, 'RINGING')).toEqual({
      data: {
        callUpdated: {
          kind: 'RINGING',
          call: { externalId: 'c-1', status: 'RINGING', customer: { name: '赵敏' }, agent: { id: 'agent-north-1' } },
        },
      },
    })
    await split.post(gateway, { ...call, id: 'e-2', type: 'call.answered' })
    expect((await told(live, 'ANSWERED')).data!.callUpdated.call.status).toBe('ANSWERED')
  })

  it('end what a suspended person has open at the gateway', async () => {
    const live = await follow('agent-north-2')
    await split.post(gateway, {
      id: 'e-3',
      callId: 'c-2',
      type: 'call.ringing',
      direction: 'inbound',
      from: '13900139000',
      extension: '1002',
      legId: 'l-1',
    })
    await live.next()
    const began = performance.now()
    await split
      .as(gateway, 'admin')
      .query('mutation { suspendPerson(id: "agent-north-2", reason: "Left") { person { id } } }')
    expect(await live.ended()).toMatchObject({ code: 4403 })
    expect(performance.now() - began).toBeLessThan(2000)
    expect(await split.as(gateway, 'agent-north-2').problems('{ me { id } }')).toEqual(['UNAUTHENTICATED'])
  })

  it('are ready together', async () => {
    const parts = { crm: 'up', call: 'up', sync: 'up', access: 'up', database: 'up' }
    expect(await (await fetch(`${gateway.url}/health/ready`)).json()).toEqual({ ready: true, parts })
  })

  it('answer nobody at their ports but the gateway, not even about the schema', async () => {
    const { keys, clock } = subgraphs.kernel
    const tokens = new InternalTokens(keys.subKey('internal-token').export(), clock)
    const guessed = new InternalTokens(Buffer.alloc(32, 1), clock)
    const admin = { personId: 'admin', via: 'POST', requestId: 'r', lang: 'en' } as const
    const queries = [
      '{ __typename }',
      '{ _service { sdl } }',
      '{ _entities(representations: [{ __typename: "Customer", id: "1" }]) { __typename } }',
      '{ me { id } }',
    ]
    expect([...subgraphs.subgraphUrls.keys()]).toEqual(['crm', 'call', 'sync', 'access'])
    for (const [name, url] of subgraphs.subgraphUrls) {
      const tried = [
        null,
        await subgraphs.tokenOf('admin'),
        await guessed.sign(name, admin),
        await tokens.sign(name === 'crm' ? 'call' : 'crm', admin),
      ]
      for (const token of tried) {
        for (const query of queries) {
          const answer = await fetch(url, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...(token !== null && { authorization: `Bearer ${token}` }),
            },
            body: JSON.stringify({ query }),
          })
          expect(answer.status).toBe(401)
          expect(await answer.json()).toEqual({
            errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }],
          })
        }
      }
    }
  })

  it('let go of the ports they took when one of them is taken', async () => {
    const taken = Number(new URL(subgraphs.subgraphUrls.get('crm')!).port)
    const { keys, clock } = subgraphs.kernel
    const tokens = new InternalTokens(keys.subKey('internal-token').export(), clock)
    const listen = { host: '127.0.0.1', ports: { crm: 0, call: taken, sync: 0, access: 0 } }
    await expect(openSubgraphPorts({ subgraphs: subgraphs.subgraphs, listen, tokens, tls: null })).rejects.toThrow(
      'EADDRINUSE',
    )
  })

  it('speak TLS where they listen beyond this machine', async () => {
    const { keys, clock } = subgraphs.kernel
    const tokens = new InternalTokens(keys.subKey('internal-token').export(), clock)
    const listen = { host: '0.0.0.0', ports: { crm: 0, call: 0, sync: 0, access: 0 } }
    const tls = { cert: Buffer.from(certificate), key: Buffer.from(certificateKey) }
    const ports = await openSubgraphPorts({ subgraphs: subgraphs.subgraphs, listen, tokens, tls })
    const crm = new URL(ports.urls.get('crm')!)
    expect(crm.protocol).toBe('https:')
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: crm.port, ca: authority, servername: 'localhost' }, response => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(401)
    await ports.stop()
  })

  it('know of no subgraphs and no address where they run none', () => {
    expect(worker.url).toBeNull()
    expect([...worker.subgraphUrls, ...worker.subgraphs]).toEqual([])
  })
})
