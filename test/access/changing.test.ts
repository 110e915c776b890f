import { describe, expect, it } from 'vitest'
import { newId } from '../../kernel/id.js'
import { startAccess } from './accessHub.js'

const hub = await startAccess()
const { kernel, clock } = hub

const SAVE = `mutation($input: PersonInput!) {
  savePerson(input: $input) { person { id version name role state team { id } deputy { id } extensions } }
}`
const SAVE_TEAM =
  'mutation($input: TeamInput!) { saveTeam(input: $input) { team { id version name parent { id } supervisors { id } } } }'
const SUSPEND = 'mutation($id: ID!) { suspendPerson(id: $id, reason: "Left, call 13812345678") { person { state } } }'
const versionOf = async (id: string): Promise<number> => {
  const { people } = await hub.data('admin', '{ people(first: 100) { nodes { id version } } }')
  return people.nodes.find((one: { id: string }) => one.id === id).version
}
const audit = async (subjectId: string) => {
  const query =
    'query($id: ID!) { auditTrail(filter: { subjectId: $id }) { nodes { action fields actor { id } detail } } }'
  return (await hub.data('auditor', query, { id: subjectId })).auditTrail.nodes
}

describe('P1: people', () => {
  it('are made, changed and moved by administrators, who answer for it', async () => {
    const input = {
      id: 'new-1',
      name: ' New One ',
      role: 'AGENT',
      teamId: 'north',
      deputyId: 'agent-north-1',
      extensions: ['1201'],
      identities: [{ issuer: 'https://idp.example', subject: 'n1' }],
    }
    const made = { id: 'new-1', version: 1, name: 'New One', role: 'AGENT', state: 'ACTIVE', team: { id: 'north' } }
    const { savePerson } = await hub.data('admin', SAVE, { input })
    expect(savePerson.person).toEqual({ ...made, deputy: { id: 'agent-north-1' }, extensions: ['1201'] })
    expect(await hub.ports.people.personByIdentity(kernel.systemEm(), 'https://idp.example', 'n1')).toBe('new-1')
    expect((await hub.data('new-1', '{ me { team { id } } }')).me.team.id).toBe('north')

    clock.advance({ minutes: 1 })
    const changes = { id: 'new-1', version: 1, name: 'New One', role: 'AGENT', teamId: 'south', extensions: ['1202'] }
    const moved = await hub.data('admin', SAVE, { input: changes })
    expect(moved.savePerson.person).toEqual({
      ...made,
      version: 2,
      team: { id: 'south' },
      deputy: null,
      extensions: ['1202'],
    })
    expect((await hub.data('new-1', '{ me { team { id } } }')).me.team.id).toBe('south')
    expect(hub.owners.told).toEqual([{ ownerId: 'new-1', teamId: 'south' }])
    expect(await audit('new-1')).toMatchObject([
      { action: 'Person.rightsChanged', fields: ['teamId'], detail: { teamIdBefore: 'north', teamId: 'south' } },
      { action: 'Person.updated', actor: { id: 'admin' } },
      { action: 'Person.rightsGiven', detail: { role: 'AGENT', teamId: 'north' } },
      { action: 'Person.created', actor: { id: 'admin' } },
    ])
  })

  it('keep what is left out', async () => {
    const version = await versionOf('agent-below')
    const input = { id: 'agent-below', version, name: 'Renamed', role: 'AGENT', teamId: 'north-1' }
    const { savePerson } = await hub.data('admin', SAVE, { input })
    expect(savePerson.person).toMatchObject({ name: 'Renamed', state: 'ACTIVE', extensions: ['1101'] })
  })

  it('are not changed by anybody else, over a stale version, or into nonsense', async () => {
    const version = await versionOf('agent-north-2')
    const input = { id: 'agent-north-2', version, name: 'X', role: 'AGENT', teamId: 'north' }
    for (const person of ['agent-north-2', 'supervisor-north', 'auditor', 'analyst']) {
      expect(await hub.problems(person, SAVE, { input })).toEqual(['FORBIDDEN savePerson'])
      expect(await hub.problems(person, SUSPEND, { id: 'agent-north-2' })).toSatisfy(
        ([code]: string[]) => code === 'FORBIDDEN suspendPerson' || code === 'NOT_FOUND suspendPerson',
      )
    }
    const wrong = async (changes: object) => hub.problems('admin', SAVE, { input: { ...input, ...changes } })
    expect(await wrong({ version: version + 1 })).toEqual(['CONFLICT savePerson'])
    expect(await wrong({ version: null })).toEqual(['CONFLICT savePerson'])
    expect(await wrong({ id: 'nobody' })).toEqual(['NOT_FOUND savePerson'])
    for (const nonsense of [
      { name: '  ' },
      { teamId: 'nowhere' },
      { deputyId: 'nobody' },
      { deputyId: 'agent-north-2' },
      { role: 'PROGRAM' },
      { extensions: ['10 01'] },
      { id: 'a b', version: null },
      { identities: [{ issuer: 'https://issuer.example', subject: 'admin' }] },
    ])
      expect(await wrong(nonsense)).toEqual(['BAD_USER_INPUT savePerson'])
    expect(await versionOf('agent-north-2')).toBe(version)
  })

  it('P2: are shut out at once when suspended, with their grants, and let in again', async () => {
    await kernel.transact(kernel.systemEm(), change =>
      hub.ports.automaticGrants.offered(change, [
        {
          callId: newId(clock),
          agentIds: ['agent-north-1'],
          customerIds: [newId(clock)],
          callIds: [],
          followUpIds: [],
          endedAt: null,
        },
      ]),
    )
    expect((await hub.data('admin', SUSPEND, { id: 'agent-north-1' })).suspendPerson.person.state).toBe('SUSPENDED')
    expect(await hub.problems('agent-north-1', '{ me { id } }')).toEqual(['UNAUTHENTICATED'])
    const query = '{ accessGrants(active: false) { nodes { person { id } endedAt endedBy { id } } } }'
    expect((await hub.data('admin', query)).accessGrants.nodes).toEqual([
      { person: { id: 'agent-north-1' }, endedAt: clock.now().toISOString(), endedBy: { id: 'admin' } },
    ])
    expect((await audit('agent-north-1'))[0]).toEqual({
      action: 'Person.suspended',
      fields: null,
      actor: { id: 'admin' },
      detail: { reason: 'Left, call 138****5678' },
    })
    const version = await versionOf('agent-north-1')
    const input = { id: 'agent-north-1', version, name: 'Back', role: 'AGENT', teamId: 'north', state: 'ACTIVE' }
    await hub.data('admin', SAVE, { input })
    expect((await hub.data('agent-north-1', '{ me { name grants { id } } }')).me).toEqual({ name: 'Back', grants: [] })
  })

  it('lose their extensions when they leave', async () => {
    const version = await versionOf('agent-south-1')
    const input = { id: 'agent-south-1', version, name: 'Gone', role: 'AGENT', teamId: 'south', state: 'LEFT' }
    expect((await hub.data('admin', SAVE, { input })).savePerson.person).toMatchObject({
      state: 'LEFT',
      extensions: [],
    })
  })

  it('always include an active administrator', async () => {
    expect(await hub.problems('admin', SUSPEND, { id: 'admin' })).toEqual(['BAD_USER_INPUT suspendPerson'])
    const input = { id: 'admin', version: await versionOf('admin'), name: 'A', role: 'AGENT' }
    expect(await hub.problems('admin', SAVE, { input })).toEqual(['BAD_USER_INPUT savePerson'])
  })
})

describe('P1: teams', () => {
  it('are made, moved and given to supervisors, whose view follows at once', async () => {
    const input = { id: 'east', name: 'East', parentId: 'south', supervisorIds: ['supervisor-north'] }
    const { saveTeam } = await hub.data('admin', SAVE_TEAM, { input })
    expect(saveTeam.team).toEqual({
      id: 'east',
      version: 1,
      name: 'East',
      parent: { id: 'south' },
      supervisors: [{ id: 'supervisor-north' }],
    })
    const supervised = async (person: string) =>
      (await hub.data(person, '{ me { supervises { id } } }')).me.supervises.map(({ id }: { id: string }) => id)
    expect(await supervised('supervisor-north')).toEqual(['east', 'north', 'north-1'])
    expect(await supervised('supervisor-south')).toEqual(['east', 'south'])

    await hub.data('admin', SAVE_TEAM, { input: { ...input, version: 1, parentId: null, supervisorIds: [] } })
    expect(await supervised('supervisor-north')).toEqual(['north', 'north-1'])
    expect(await supervised('supervisor-south')).toEqual(['south'])
  })

  it('never stand below themselves', async () => {
    const input = { id: 'north', version: 1, name: 'North', parentId: 'north-1' }
    expect(await hub.problems('admin', SAVE_TEAM, { input })).toEqual(['BAD_USER_INPUT saveTeam'])
    expect((await hub.data('admin', '{ teams { id parent { id } } }')).teams).toContainEqual({
      id: 'north',
      parent: null,
    })
  })

  it('are not changed by anybody else, or into nonsense', async () => {
    const input = { id: 'north', version: 1, name: 'X', parentId: null }
    for (const person of ['agent-north-2', 'supervisor-north', 'auditor'])
      expect(await hub.problems(person, SAVE_TEAM, { input })).toEqual(['FORBIDDEN saveTeam'])
    const wrong = async (changes: object) => hub.problems('admin', SAVE_TEAM, { input: { ...input, ...changes } })
    expect(await wrong({ version: 9 })).toEqual(['CONFLICT saveTeam'])
    expect(await wrong({ version: null })).toEqual(['CONFLICT saveTeam'])
    expect(await wrong({ parentId: 'nowhere' })).toEqual(['BAD_USER_INPUT saveTeam'])
    expect(await wrong({ parentId: 'north' })).toEqual(['BAD_USER_INPUT saveTeam'])
    expect(await wrong({ supervisorIds: ['agent-north-2'] })).toEqual(['BAD_USER_INPUT saveTeam'])
  })
})
