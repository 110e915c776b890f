import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { type HookEvent, hookSecret, postHook, startHub, type TestHub } from '../kit/startHub.js'

const logged: string[] = []
let hub: TestHub

beforeAll(async () => {
  const log = createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) })
  hub = await startHub({ log })
})

const url = (system = 'sandbox-pbx') => `${hub.url}/hooks/${system}`
const post = (body: string | Buffer, system?: string) => postHook(url(system), body, hub.clock.now())

let calls = 0
const honest = (more: Record<string, unknown> = {}): HookEvent => {
  const callId = `honest-${++calls}`
  return { callId, type: 'call.ringing', direction: 'inbound', from: '13900001234', extension: '1001', ...more }
}

/** The next honest request is served. */
async function goesOn(): Promise<void> {
  const event = honest()
  await hub.happen(event)
  const { calls: found } = await hub.as('admin').query('{ calls(first: 100) { nodes { externalId status } } }')
  expect(found.nodes).toContainEqual({ externalId: event.callId, status: 'RINGING' })
}

const stored = async () => {
  const [row] = await hub.kernel
    .systemEm()
    .getConnection()
    .execute<{ n: string }[]>('select count(*) as n from sync.inbox')
  return Number(row!.n)
}

describe('a hook that is malformed', () => {
  const valid = { id: 'e1', callId: 'c1', type: 'call.started', at: '2026-11-23T02:00:00Z' }
  const bodies: Record<string, string | Buffer> = {
    'no JSON': 'from=13800138000',
    'half a JSON': '{"id": "e1", "from": "13800138000',
    'nothing at all': '',
    null: 'null',
    'a number': '13800138000',
    'a list of lists': '[[["13800138000"]]]',
    'no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    'UTF-16': Buffer.from('﻿{"id":"e1"}', 'utf16le'),
    'without an id': JSON.stringify({ ...valid, id: undefined }),
    'of an unknown type': JSON.stringify({ ...valid, type: '13800138000' }),
    'with a direction nobody knows': JSON.stringify({ ...valid, direction: '13800138000' }),
    'with a number where text belongs': JSON.stringify({ ...valid, from: 13800138000 }),
    'with a time that is none': JSON.stringify({ ...valid, at: '13800138000' }),
    'with a NUL in an id': JSON.stringify({ ...valid, id: 'e\u0000 13800138000' }),
    'with a NUL in a call id': JSON.stringify({ ...valid, callId: 'c\u0000 13800138000' }),
    'with half a character': `{"id":"e9","callId":"c9","type":"call.feedback","at":"2026-11-23T02:00:00Z","note":"13800138000 \\ud83d"}`,
    'with seconds beyond all measure': JSON.stringify({ ...valid, type: 'call.summary', talkSeconds: 13800138000 }),
    'from before telephones': JSON.stringify({ ...valid, at: '0001-01-01T00:00:00Z' }),
    'from the end of time': JSON.stringify({ ...valid, at: '9999-12-31T23:59:59Z' }),
    'that nests without end': `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    'of more events than one may send': JSON.stringify(
      Array.from({ length: 1001 }, (_, i) => ({ ...valid, id: `e${i}` })),
    ),
    'with one bad event among good ones': JSON.stringify([valid, { ...valid, id: 'e2', type: 'nonsense' }]),
  }
  for (const [what, body] of Object.entries(bodies)) {
    it(`(${what}) is refused as a whole, with a reason that repeats no value`, async () => {
      const before = await stored()
      const answer = await post(body)
      const text = await answer.text()
      expect([answer.status, text]).toEqual([400, expect.stringMatching(/"error":".{10,300}"/)])
      expect(text).not.toContain('13800138000')
      expect(await stored()).toBe(before)
    })
  }

  it('leaves the next honest one served, and no number in the log', async () => {
    await goesOn()
    expect(logged.join('\n')).not.toContain('13800138000')
  })
})

describe('a hook of somebody else', () => {
  const body = JSON.stringify({ id: 'f1', callId: 'forged', type: 'call.started', at: '2026-11-23T02:00:00Z' })
  const signed = (text: string, secret = hookSecret) => {
    const timestamp = String(hub.clock.now().getTime())
    return {
      timestamp,
      signature: `v1=${createHmac('sha256', secret).update(`${timestamp}.${text}`).digest('hex')}`,
    }
  }
  const send = (headers: Record<string, string>, text = body) =>
    fetch(url(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text })

  it('with a wrong secret, no signature, a changed body, an old or future time is refused, and stores nothing', async () => {
    const before = await stored()
    const { timestamp, signature } = signed(body)
    const old = new Date(hub.clock.now().getTime() - 6 * 60_000)
    const soon = new Date(hub.clock.now().getTime() + 6 * 60_000)
    const answers = await Promise.all([
      postHook(url(), body, hub.clock.now(), 'some other secret'),
      send({}),
      send({ 'x-hub-timestamp': timestamp }),
      send({ 'x-hub-timestamp': timestamp, 'x-hub-signature': signature }, body.replace('forged', 'changed')),
      send({ 'x-hub-timestamp': timestamp, 'x-hub-signature': signature.replace('v1=', 'v0=') }),
      send({ 'x-hub-timestamp': timestamp, 'x-hub-signature': signature.slice(0, -2) }),
      send({ 'x-hub-timestamp': 'now', 'x-hub-signature': signature }),
      postHook(url(), body, old),
      postHook(url(), body, soon),
    ])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401))
    expect(await stored()).toBe(before)
    await goesOn()
  })

  it('does not count as word from the system', async () => {
    const seen = async () => {
      const { systems } = await hub.as('admin').query('{ systems { id lastSeenAt } }')
      return systems.find(({ id }: { id: string }) => id === 'sandbox-crm').lastSeenAt
    }
    expect((await postHook(url('sandbox-crm'), body, hub.clock.now(), 'some other secret')).status).not.toBe(202)
    expect(await seen()).toBeNull()
  })

  it('for a system that is not there gets 404, whatever the name', async () => {
    const names = ['nobody', 'SANDBOX-PBX', '..', '%2e%2e', "x'%20or%201=1", 'a'.repeat(5000), 'sandbox-pbx%00']
    const answers = await Promise.all(names.map(name => post(body, name)))
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 404))
    await goesOn()
  })

  it('of 20 MB is refused while it comes, and memory stays what it was', async () => {
    const big = Buffer.alloc(20 * 1024 * 1024, ' ')
    for (let i = 0; i < 3; i++) {
      const status = await post(big).then(
        answer => answer.status,
        // The door was closed before all of it was sent.
        () => 413,
      )
      expect(status).toBe(413)
    }
    await goesOn()
  })
})
