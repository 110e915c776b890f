import { beforeAll, describe, expect, it } from 'vitest'
import { applyConfig } from '../../subgraphs/access/index.js'
import { type HookEvent, startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub

beforeAll(async () => {
  hub = await startHub()
})

const CALL = '{ calls(first: 100) { nodes { externalId agent { id } queue legs { agent { id } } } } }'
const at = (time: string) => `2026-11-23T${time}Z`

/** An answered call at these times of the day. */
const answered = (callId: string, from: string, extension: string, more: Partial<HookEvent> = {}): HookEvent[] => [
  { callId, at: at(from), type: 'call.started', legId: 'a', direction: 'inbound', from: '13800000001', ...more },
  { callId, at: at(from), type: 'call.connected', legId: 'b', extension },
]

async function creditedTo(callId: string): Promise<string | null> {
  const { calls } = await hub.as('admin').query(CALL)
  return calls.nodes.find((one: { externalId: string }) => one.externalId === callId).agent?.id ?? null
}

/** Which team a call belongs to, as only the supervisors of that team see. */
async function seenBy(callId: string): Promise<string[]> {
  const seen: string[] = []
  for (const team of ['north', 'south']) {
    const { calls } = await hub.as(`supervisor-${team}`).query(CALL)
    if (calls.nodes.some((one: { externalId: string }) => one.externalId === callId)) seen.push(team)
  }
  return seen
}

/** Saves a person with these extensions and this team, as an administrator does. */
async function save(id: string, extensions: string[] | null, teamId: string): Promise<void> {
  const { people } = await hub.as('admin').query('{ people(first: 50) { nodes { id name version } } }')
  const { name, version } = people.nodes.find((one: { id: string }) => one.id === id)
  await hub.as('admin').query('mutation($input: PersonInput!) { savePerson(input: $input) { person { id } } }', {
    input: { id, name, version, role: 'AGENT', teamId, ...(extensions && { extensions }) },
  })
}

describe('P1: a call is credited to who held the extension when it began', () => {
  it('also within the minute in which the extension changes hands, and for ever', async () => {
    await hub.happen(...answered('before', '02:00:00', '1001'))
    hub.clock.set(at('04:00:30'))
    await save('agent-north-1', [], 'north')
    await save('agent-south-1', ['1001', '2001'], 'south')
    hub.clock.set(at('04:05:00'))
    await hub.happen(...answered('just-before', '04:00:29', '1001'), ...answered('just-after', '04:00:30', '1001'))
    expect(await creditedTo('before')).toBe('agent-north-1')
    expect(await creditedTo('just-before')).toBe('agent-north-1')
    expect(await creditedTo('just-after')).toBe('agent-south-1')
  })

  it('whatever is heard of it after the change', async () => {
    hub.clock.set(at('05:00:00'))
    await hub.happen(
      { callId: 'before', at: at('02:10:00'), type: 'call.ended', cause: '16' },
      { callId: 'before', at: at('02:00:00'), type: 'call.ringing', legId: 'b', extension: '1001' },
      ...answered('unheard-of', '03:00:00', '1001'),
    )
    expect(await creditedTo('before')).toBe('agent-north-1')
    expect(await creditedTo('unheard-of')).toBe('agent-north-1')
    expect(await seenBy('before')).toEqual(['north'])
  })

  it('and stays with the team that they were in, though they change it and more is heard of the call', async () => {
    await hub.happen(...answered('of-the-team', '05:00:00', '2002'))
    expect(await seenBy('of-the-team')).toEqual(['south'])
    hub.clock.advance({ minutes: 1 })
    await save('agent-south-2', null, 'north')
    await hub.happen({ callId: 'of-the-team', type: 'call.ended', cause: '16' })
    expect(await seenBy('of-the-team')).toEqual(['south'])
    await hub.happen(...answered('of-the-other-team', '05:01:00', '2002'))
    expect(await seenBy('of-the-other-team')).toEqual(['north'])
  })

  it('or to nobody, where nobody held it; the call is kept', async () => {
    await hub.happen(...answered('nobodys', '05:01:00', '7777'))
    expect(await creditedTo('nobodys')).toBeNull()
    const { calls } = await hub.as('admin').query(CALL)
    const call = calls.nodes.find((one: { externalId: string }) => one.externalId === 'nobodys')
    expect(call.legs).toEqual([{ agent: null }, { agent: null }])
    expect(await seenBy('nobodys')).toEqual([])
  })
})

describe('P1: an extension that somebody has', () => {
  it('is not given to somebody else as well, and who claims it is told what to do', async () => {
    const claim = save('agent-north-2', ['1002', '2001'], 'north')
    await expect(claim).rejects.toThrow(/The extension 2001 is somebody else's: take it from them first\./)
    await expect(claim).rejects.toThrow(/BAD_USER_INPUT/)
    const { agents } = await hub.as('admin').query('{ agents { id extension } }')
    expect(agents).toContainEqual({ id: 'agent-north-2', extension: '1002' })
  })

  it('goes to one of two who claim it at once', async () => {
    const claims = await Promise.allSettled([
      save('agent-north-1', ['1555'], 'north'),
      save('agent-north-2', ['1002', '1555'], 'north'),
    ])
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = claims.find(claim => claim.status === 'rejected')!
    expect(String((refused as PromiseRejectedResult).reason)).toMatch(/take it from them first/)
  })
})

describe('P1: a call that only waited belongs to the team whose the queue was then', () => {
  const waited = (callId: string, time: string): HookEvent[] => [
    { callId, at: at(time), type: 'call.started', legId: 'a', direction: 'inbound', from: '13800000002' },
    { callId, at: at(time), type: 'call.queued', queue: 'sales' },
  ]

  it('though the queue moves to another one', async () => {
    await hub.happen(...waited('of-north', '05:00:00'))
    hub.clock.set(at('06:00:30'))
    const queues = hub.config.queues.map(queue => (queue.name === 'sales' ? { ...queue, teamId: 'south' } : queue))
    // People as they are: the file would give them back what was taken from them above.
    await applyConfig(hub.kernel, { ...hub.config, people: [], queues }, { issuer: 'unused' })
    hub.clock.set(at('06:05:00'))
    await hub.happen(
      { callId: 'of-north', at: at('05:02:00'), type: 'call.ended' },
      ...waited('just-before-it-moved', '06:00:29'),
      ...waited('just-after-it-moved', '06:00:30'),
    )
    expect(await seenBy('of-north')).toEqual(['north'])
    expect(await seenBy('just-before-it-moved')).toEqual(['north'])
    expect(await seenBy('just-after-it-moved')).toEqual(['south'])
  })
})
