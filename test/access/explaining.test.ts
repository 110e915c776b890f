import { describe, expect, it } from 'vitest'
import { newId } from '../../kernel/id.js'
import { startAccess } from './accessHub.js'

const hub = await startAccess()
const QUERY = `query($person: ID!, $type: String!, $id: ID!, $field: String!) {
  explainAccess(person: $person, type: $type, id: $id, field: $field) { allowed because }
}`
const about = (person: string, type: string, id: string, field: string) => ({ person, type, id, field })

describe('C11: explainAccess', () => {
  it('says why somebody can see a field and somebody else cannot', async () => {
    const own = await hub.data('admin', QUERY, about('agent-north-1', 'Person', 'agent-north-2', 'name'))
    expect(own.explainAccess).toMatchObject({
      allowed: true,
      because: ['A rule lets agents read Person.name where teamId = north; this row fits.', expect.any(String)],
    })
    const other = await hub.data('admin', QUERY, about('agent-north-1', 'Agent', 'agent-south-1', 'name'))
    expect(other.explainAccess).toMatchObject({
      allowed: false,
      because: [
        'A rule lets agents read Agent.name only where teamId = north; this row has teamId = south.',
        'A rule lets agents read Agent.name only where id = agent-north-1; this row has id = agent-south-1.',
        'No grant in force opens it.',
        'They may not see this row at all: to them it does not exist.',
      ],
    })
  })

  it('agrees with what the person gets to see', async () => {
    const query = '{ people(first: 100) { nodes { id name role } } }'
    for (const person of ['agent-north-1', 'supervisor-north', 'analyst']) {
      const { data } = await hub.ask(person, query)
      const seen = JSON.parse(JSON.stringify(data)).people.nodes as { id: string; role: string | null }[]
      for (const id of ['agent-north-2', 'agent-south-1', 'admin']) {
        const { explainAccess } = await hub.data('admin', QUERY, about(person, 'Person', id, 'role'))
        expect(explainAccess.allowed, `${person} ${id}`).toBe(seen.some(one => one.id === id && one.role !== null))
      }
    }
  })

  it('speaks the language of who asks', async () => {
    const asked = about('analyst', 'Person', 'admin', 'role')
    const { explainAccess } = await hub.data('admin', QUERY, asked, 'zh-CN')
    expect(explainAccess).toEqual({
      allowed: false,
      because: [
        '规则只允许分析师在 id = analyst 时读取 Person.role，而此记录为 id = admin。',
        '没有有效的临时授权开放它。',
      ],
    })
  })

  it('is for administrators, and only about what is there', async () => {
    const asked = about('agent-north-1', 'Person', 'admin', 'name')
    for (const person of ['agent-north-1', 'supervisor-north', 'auditor', 'analyst'])
      expect(await hub.problems(person, QUERY, asked)).toEqual(['FORBIDDEN explainAccess'])
    const wrong = (changes: object) => hub.problems('admin', QUERY, { ...asked, ...changes })
    expect(await wrong({ person: 'nobody' })).toEqual(['NOT_FOUND explainAccess'])
    expect(await wrong({ id: 'nobody' })).toEqual(['NOT_FOUND explainAccess'])
    expect(await wrong({ type: 'Nothing' })).toEqual(['BAD_USER_INPUT explainAccess'])
    expect(await wrong({ type: 'AccessGrant', id: 'no uuid' })).toEqual(['BAD_USER_INPUT explainAccess'])
    expect(await wrong({ type: 'AccessGrant', id: newId(hub.clock) })).toEqual(['NOT_FOUND explainAccess'])
    expect(await wrong({ type: 'AuditEntry', id: 'x' })).toEqual(['BAD_USER_INPUT explainAccess'])
    expect(await wrong({ type: 'AuditEntry', id: '1' })).toEqual([])
  })

  it('is audited', async () => {
    const query = '{ auditTrail(filter: { kind: ACCESS }, first: 1) { nodes { action actor { id } fields detail } } }'
    await hub.data('admin', QUERY, about('analyst', 'Person', 'agent-below', 'name'))
    expect((await hub.data('auditor', query)).auditTrail.nodes).toEqual([
      { action: 'Access.explained', actor: { id: 'admin' }, fields: ['name'], detail: { personId: 'analyst' } },
    ])
  })
})
