import { describe, expect, it } from 'vitest'
import { Role } from '../../kernel/ability/index.js'
import type { Config } from '../../kernel/config/index.js'
import { hubTables } from '../../kernel/orm/index.js'
import { applyConfig } from '../../subgraphs/access/index.js'
import { issuer, startAccess } from './accessHub.js'
import { company } from './company.js'

const hub = await startAccess()
const { kernel, clock, ports } = hub
const apply = (config: Config) => applyConfig(kernel, config, { issuer })
const audited = async () => {
  const { n } = await hubTables(kernel.systemEm())
    .selectFrom('hub.audit_entry')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
const extensions = async (person: string) => {
  const { people } = await hub.data('admin', '{ people(first: 100) { nodes { id extensions } } }')
  return people.nodes.find(({ id }: { id: string }) => id === person).extensions
}
const withPerson = (id: string, changes: Partial<Config['people'][number]>): Config => ({
  ...company,
  people: company.people.map(person => (person.id === id ? { ...person, ...changes } : person)),
})

describe('P1: the configuration', () => {
  it('changes nothing when it is applied again, also by two processes at once', async () => {
    const before = await audited()
    await Promise.all([apply(company), apply(company)])
    expect(await audited()).toBe(before)
  })

  it('says who a token speaks of', async () => {
    const em = kernel.systemEm()
    expect(await ports.people.personByIdentity(em, issuer, 'admin')).toBe('admin')
    expect(await ports.people.personByIdentity(em, issuer, 'nobody')).toBeNull()
    expect(await ports.people.personByIdentity(em, 'https://elsewhere.example', 'admin')).toBeNull()
  })

  it('updates what it names, tells of it, and keeps what it does not name', async () => {
    await hub.data('agent-north-2', '{ me { id } }')
    await apply(withPerson('agent-north-2', { role: Role.SUPERVISOR, teamId: 'south' }))
    expect((await hub.data('agent-north-2', '{ me { role supervises { id } } }')).me).toEqual({
      role: 'SUPERVISOR',
      supervises: [{ id: 'south' }],
    })
    expect(hub.owners.told).toEqual([{ ownerId: 'agent-north-2', teamId: 'south' }])
    await apply({ ...company, people: [], teams: [], queues: [] })
    expect((await hub.data('admin', '{ people { totalCount } }')).people.totalCount).toBe(company.people.length)
    expect((await hub.data('admin', '{ teams { id } }')).teams).toHaveLength(company.teams.length)
    await apply(company)
  })

  it('gives teams to supervisors besides their own', async () => {
    const teams = company.teams.map(team =>
      team.id === 'north' ? { ...team, supervisorIds: ['supervisor-south'] } : team,
    )
    await apply({ ...company, teams })
    const { me } = await hub.data('supervisor-south', '{ me { supervises { id } } }')
    expect(me.supervises).toEqual([{ id: 'north' }, { id: 'north-1' }, { id: 'south' }])
  })

  it('refuses teams in a circle as a whole', async () => {
    const teams = company.teams.map(team => (team.id === 'north' ? { ...team, parentId: 'north-1' } : team))
    await expect(apply({ ...company, teams: [...teams, { ...teams[0]!, id: 'west' }] })).rejects.toThrow(/below itself/)
    expect((await hub.data('admin', '{ teams { id } }')).teams).toHaveLength(company.teams.length)
  })

  it('ends an extension where it changes hands, and lets people swap theirs', async () => {
    const before = clock.now()
    clock.advance({ hours: 1 })
    const swapped = withPerson('agent-north-1', { extensions: ['1002'] })
    const people = swapped.people.map(one => (one.id === 'agent-north-2' ? { ...one, extensions: ['1001'] } : one))
    await apply({ ...swapped, people })
    expect(await extensions('agent-north-1')).toEqual(['1002'])
    expect(await extensions('agent-north-2')).toEqual(['1001'])
    const then = await ports.desk.agentsAt(kernel.systemEm(), ['1001'], before)
    expect(then.get('1001')?.id).toBe('agent-north-1')
    await apply(withPerson('agent-north-1', { extensions: [] }))
    expect(await extensions('agent-north-1')).toEqual([])
    expect(await extensions('agent-north-2')).toEqual(['1002'])
  })

  it('lets nobody in again who was suspended', async () => {
    await hub.data('admin', 'mutation { suspendPerson(id: "agent-below", reason: "test") { person { id } } }')
    await apply(company)
    expect(await hub.problems('agent-below', '{ me { id } }')).toEqual(['UNAUTHENTICATED'])
  })
})
