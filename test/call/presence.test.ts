import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hubEvents } from '../../connectors/hubEvents/index.js'
import type { CallFact, Connector, PresenceFact } from '../../kernel/ports/index.js'
import { postHook, startHub, type TestHub } from '../kit/startHub.js'

/** A message of this system: what it says of calls, of phones, or nothing that anybody understands. */
interface Message {
  calls?: CallFact[]
  phones?: PresenceFact[]
  nonsense?: boolean
}

/** A phone system that says what its phones are doing, in words of this test. */
const talking: Connector = {
  ...hubEvents,
  name: 'talking',
  receive: (_system, { body }) => {
    const messages = JSON.parse(body.toString()) as Message[]
    return messages.map(message => ({ key: String(++sent), payload: Buffer.from(JSON.stringify(message)) }))
  },
  normalise: (_system, payload) => {
    const { calls, nonsense } = JSON.parse(payload.toString()) as Message
    if (!calls || nonsense) throw new Error('no word of a call')
    return calls
  },
  presence: (_system, payload) => {
    const { phones = [], nonsense } = JSON.parse(payload.toString()) as Message
    if (nonsense) throw new Error('what?')
    return phones
  },
}

let sent = 0
let hub: TestHub

beforeAll(async () => {
  hub = await startHub({
    connectors: () => [talking],
    config: config => ({
      ...config,
      systems: config.systems.map(system =>
        system.id === 'sandbox-pbx' ? { ...system, connector: 'talking' } : system,
      ),
    }),
  })
})

const sql = async <T>(query: string): Promise<T[]> =>
  (await hub.kernel.systemEm().getConnection().execute<{ rows: T[] }>(query, [], 'run')).rows
beforeEach(async () => {
  await sql('delete from call.presence')
  await sql('delete from call.call')
})

async function says(...messages: Message[]): Promise<void> {
  const answer = await postHook(`${hub.url}/hooks/sandbox-pbx`, JSON.stringify(messages), hub.clock.now())
  expect(answer.status).toBe(202)
  await hub.settle()
}

let made = 0
const word = (state: PresenceFact['state'], more: Partial<PresenceFact> = {}): PresenceFact => ({
  key: `p${++made}`,
  extension: '1001',
  at: hub.clock.now().toISOString(),
  aspect: 'WORK',
  state,
  ...more,
})
const stateOf = async (person: string, asker = 'admin') => {
  const { agents } = await hub.as(asker).query('{ agents { id state } }')
  return agents.find(({ id }: { id: string }) => id === person)?.state
}

describe('What a person at the phone is doing', () => {
  it('is what the phone system says of their phone, until a call says more', async () => {
    expect(await stateOf('agent-north-1')).toBe('IDLE')
    await says({ phones: [word('AWAY')] })
    expect(await stateOf('agent-north-1')).toBe('AWAY')
    expect(await stateOf('agent-north-2')).toBe('IDLE')
    const at = hub.clock.now().toISOString()
    const call = { callId: 'c', at, legId: 'b', extension: '1001' }
    await says({ calls: [{ ...call, key: 'c1', kind: 'CONNECTED', direction: 'INBOUND', from: '13800000001' }] })
    expect(await stateOf('agent-north-1')).toBe('TALKING')
    await says({ calls: [{ key: 'c2', callId: 'c', at, kind: 'ENDED' }], phones: [word('AVAILABLE')] })
    expect(await stateOf('agent-north-1')).toBe('IDLE')
  })

  it('is told of the extension they have now', async () => {
    await says({ phones: [word('OFFLINE', { extension: '1002', aspect: 'DEVICE' })] })
    expect([await stateOf('agent-north-1'), await stateOf('agent-north-2')]).toEqual(['IDLE', 'OFFLINE'])
    hub.clock.advance({ minutes: 1 })
    const extensions = (person: string) => hub.config.people.find(({ id }) => id === person)!.extensions
    const give =
      'mutation($id: ID!, $e: [String!]!, $v: Int!, $n: String!) { savePerson(input: { id: $id, name: $n, role: AGENT, teamId: "north", extensions: $e, version: $v }) { person { version } } }'
    const known = await hub.as('admin').query('{ people(first: 50) { nodes { id name version } } }')
    const save = async (id: string, e: string[]) => {
      const { name, version } = known.people.nodes.find((one: { id: string }) => one.id === id)
      await hub.as('admin').query(give, { id, e, n: name, v: version })
    }
    await save('agent-north-2', [])
    await save('agent-north-1', [...extensions('agent-north-1'), '1002'])
    await says({ phones: [word('OFFLINE', { aspect: 'DEVICE' })] })
    expect([await stateOf('agent-north-1'), await stateOf('agent-north-2')]).toEqual(['OFFLINE', 'IDLE'])
  })

  it('C6: is for themselves, their supervisors, administrators and auditors: it tells when calls ended', async () => {
    const seen = async (asker: string) => {
      const { data } = await hub.as(asker).ask('{ agents { id state } }')
      return data.agents
        .filter(({ state }: { state: string | null }) => state !== null)
        .map(({ id }: { id: string }) => id)
        .sort()
    }
    expect(await seen('agent-north-1')).toEqual(['agent-north-1'])
    expect(await seen('supervisor-north')).toEqual(['agent-north-1', 'agent-north-2', 'supervisor-north'])
    expect(await seen('analyst')).toEqual([])
    for (const all of ['admin', 'auditor']) expect(await seen(all)).toHaveLength(6)
    expect(await hub.as('analyst').problems('{ agents { id state } }')).toContain('FORBIDDEN agents.0.state')
  })

  it('wraps up for as long as was said', async () => {
    const until = new Date(hub.clock.now().getTime() + 30_000).toISOString()
    await says({ phones: [word('WRAP_UP', { until })] })
    expect(await stateOf('agent-north-1')).toBe('WRAP_UP')
    hub.clock.advance({ seconds: 30 })
    expect(await stateOf('agent-north-1')).toBe('IDLE')
  })

  it('is the same in whatever order, portions and repeats it was told', async () => {
    const one = fc.record({
      state: fc.constantFrom('OFFLINE' as const, 'AVAILABLE' as const, 'AWAY' as const),
      aspect: fc.constantFrom('DEVICE' as const, 'WORK' as const),
      queue: fc.constantFrom(undefined, 'sales'),
      second: fc.nat(2),
    })
    const read = () => sql('select extension, aspect, queue, at, key, state from call.presence order by 1, 2, 3')
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { minLength: 1, maxLength: 6 }).chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(
              all.map((_, i) => i),
              { minLength: all.length },
            ),
          ),
        ),
        async ([all, order]) => {
          const words = all.map(({ second, ...more }) =>
            word(more.state, { ...more, at: new Date(hub.clock.now().getTime() + second * 1000).toISOString() }),
          )
          await sql('delete from call.presence')
          await says({ phones: words })
          const expected = await read()
          await sql('delete from call.presence')
          for (const i of order) await says({ phones: [words[i]!] })
          await says({ phones: [words[0]!] })
          expect(await read()).toEqual(expected)
        },
      ),
      { numRuns: 10 },
    )
  })

  it('is understood where a message tells of nothing else, and stops no call where it cannot be', async () => {
    const before = await sql<{ n: string }>(`select count(*) as n from sync.inbox where state = 'FAILED'`)
    const at = hub.clock.now().toISOString()
    await says(
      { phones: [word('AWAY')] },
      { nonsense: true },
      { calls: [{ key: 'k', callId: 'd', at, kind: 'QUEUED' }] },
    )
    const after = await sql<{ n: string }>(`select count(*) as n from sync.inbox where state = 'FAILED'`)
    expect(Number(after[0]!.n) - Number(before[0]!.n)).toBe(1)
    expect(await stateOf('agent-north-1')).toBe('AWAY')
    expect(await sql('select external_id from call.call')).toEqual([{ external_id: 'd' }])
  })

  it('is stored whatever characters are in it', async () => {
    await says({ phones: [word('AWAY', { extension: '1001\u0000', queue: 'x'.repeat(5000) }), word('AWAY')] })
    expect(await stateOf('agent-north-1')).toBe('AWAY')
    expect(await sql(`select extension like 'sha256:%' as digest from call.presence order by 1`)).toEqual([
      { digest: false },
      { digest: true },
    ])
  })
})
