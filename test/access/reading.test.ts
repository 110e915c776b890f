import { describe, expect, it } from 'vitest'
import { people, startAccess } from './accessHub.js'

const hub = await startAccess()
const PEOPLE = '{ people(first: 100) { nodes { id } } }'
const AGENTS = '{ agents { id } }'
const TEAMS = '{ teams { id } }'
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

describe('C6: people and teams', () => {
  it('says who the viewer is, with the whole subtree they supervise', async () => {
    const query = '{ me { id name role team { id } supervises { id } grants { id } } }'
    expect(await hub.data('supervisor-north', query)).toEqual({
      me: {
        id: 'supervisor-north',
        name: 'Name of supervisor-north',
        role: 'SUPERVISOR',
        team: { id: 'north' },
        supervises: [{ id: 'north' }, { id: 'north-1' }],
        grants: [],
      },
    })
  })

  it.each([
    ['agent-north-1', ['agent-north-1', 'agent-north-2', 'supervisor-north']],
    ['supervisor-north', ['agent-below', 'agent-north-1', 'agent-north-2', 'supervisor-north']],
    ['admin', people],
    ['auditor', people],
    ['analyst', people],
  ])('shows %s no other people', async (viewer, expected) => {
    expect(idsOf((await hub.data(viewer, PEOPLE)).people.nodes)).toEqual([...expected].sort())
  })

  it.each([
    ['agent-north-1', ['agent-north-1', 'agent-north-2', 'supervisor-north']],
    ['supervisor-south', ['agent-south-1', 'supervisor-south']],
    ['analyst', people.filter(id => /^(agent|supervisor)-/.test(id))],
  ])('shows %s no other agents', async (viewer, expected) => {
    expect(idsOf((await hub.data(viewer, AGENTS)).agents)).toEqual([...expected].sort())
  })

  it.each([
    ['agent-north-1', ['north']],
    ['supervisor-north', ['north', 'north-1']],
    ['auditor', ['north', 'north-1', 'south']],
  ])('shows %s no other teams', async (viewer, expected) => {
    expect(idsOf((await hub.data(viewer, TEAMS)).teams)).toEqual(expected)
  })

  it('shows colleagues their names and nothing of their standing', async () => {
    const query = '{ people(first: 2) { nodes { id name team { id } role state extensions deputy { id } } } }'
    const { data } = await hub.ask('agent-north-1', query)
    const [self, colleague] = JSON.parse(JSON.stringify(data)).people.nodes
    expect(self).toMatchObject({ id: 'agent-north-1', role: 'AGENT', state: 'ACTIVE', extensions: ['1001'] })
    expect(colleague).toEqual({
      id: 'agent-north-2',
      name: 'Name of agent-north-2',
      team: { id: 'north' },
      role: null,
      state: null,
      extensions: null,
      deputy: null,
    })
    expect(await hub.problems('agent-north-1', query)).toEqual(
      ['role', 'state', 'extensions', 'deputy'].map(field => `FORBIDDEN people.nodes.1.${field}`),
    )
  })

  it('lists a team with its people, those below it with theirs', async () => {
    const query = '{ teams { id parent { id } supervisors { id } agents { id extension } } }'
    expect((await hub.data('admin', query)).teams.slice(0, 2)).toEqual([
      {
        id: 'north',
        parent: null,
        supervisors: [{ id: 'supervisor-north' }],
        agents: [
          { id: 'agent-north-1', extension: '1001' },
          { id: 'agent-north-2', extension: '1002' },
        ],
      },
      { id: 'north-1', parent: { id: 'north' }, supervisors: [], agents: [{ id: 'agent-below', extension: '1101' }] },
    ])
  })

  it('narrows agents to one team', async () => {
    expect(idsOf((await hub.data('admin', '{ agents(teamId: "north-1") { id } }')).agents)).toEqual(['agent-below'])
    expect((await hub.data('agent-north-1', '{ agents(teamId: "south") { id } }')).agents).toEqual([])
  })

  it('resolves a reference from another subgraph only where the viewer may see the row', async () => {
    const query = `query($of: [_Any!]!) { _entities(representations: $of) { ... on Agent { id name } ... on Team { id called: name } } }`
    const of = [
      { __typename: 'Agent', id: 'agent-north-2' },
      { __typename: 'Agent', id: 'agent-south-1' },
      { __typename: 'Agent', id: 'nobody' },
      { __typename: 'Team', id: 'north' },
      { __typename: 'Team', id: 'south' },
    ]
    expect((await hub.data('agent-north-1', query, { of }))._entities).toEqual([
      { id: 'agent-north-2', name: 'Name of agent-north-2' },
      null,
      null,
      { id: 'north', called: 'North' },
      null,
    ])
  })

  it('pages through people by name without gap or repeat', async () => {
    const query =
      'query($after: Cursor) { people(first: 4, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } totalCount } }'
    const seen: string[] = []
    let after: string | null = null
    do {
      const { people: page } = await hub.data('admin', query, { after })
      seen.push(...idsOf(page.nodes))
      expect(page.totalCount).toBe(people.length)
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after)
    expect(seen).toEqual([...people].sort())
  })

  it('knows nobody who is not in the hub', async () => {
    expect(await hub.problems('stranger', '{ me { id } }')).toEqual(['UNAUTHENTICATED'])
  })
})
