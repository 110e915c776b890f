import { describe, expect, it } from 'vitest'
import { type Actor, Role } from '../../kernel/ability/index.js'
import { access } from './index.js'

interface Said {
  action: string
  type: string
  fields: readonly string[]
  where: object | undefined
}

function rulesOf(me: Actor): Said[] {
  const said: Said[] = []
  for (const rules of access.rules)
    rules((action, type, fields, where) => {
      for (const one of [action].flat()) said.push({ action: one, type, fields, where })
    }, me)
  return said
}

const somebody = (role: Role, more: Partial<Actor> = {}): Actor => ({
  id: 'me',
  name: 'Me',
  role,
  teamId: 'north',
  supervisedTeamIds: [],
  grants: [],
  ...more,
})
const roles = Object.values(Role)

/** Fields that the schema promises never to be null: a reader of the row who lacked one would lose the whole row. */
const PROMISED: Record<string, string[]> = {
  Person: ['id', 'version'],
  Agent: ['id'],
  Team: ['id', 'version', 'name'],
  AccessGrant: ['id', 'automatic', 'startsAt', 'endsAt', 'reads'],
  AuditEntry: ['id', 'at', 'kind', 'action'],
}

describe('C6: the rules of access', () => {
  it.each(roles)('give %s every promised field of each row they may read', role => {
    for (const { action, type, fields } of rulesOf(somebody(role)))
      if (action === 'read') expect(fields).toEqual(expect.arrayContaining(PROMISED[type]!))
  })

  it.each(roles)('let %s change nothing, administrators excepted', role => {
    const changes = rulesOf(somebody(role)).filter(({ action }) => action !== 'read')
    expect(changes.length > 0).toBe(role === Role.ADMIN)
  })

  it.each(roles)('never take %s without a team for a colleague of others without one', role => {
    for (const { where } of rulesOf(somebody(role, { teamId: null })))
      expect(Object.values(where ?? {})).not.toContain(null)
  })

  it.each(roles)('show the audit to administrators and auditors, not to %s otherwise', role => {
    const reads = rulesOf(somebody(role)).some(({ type }) => type === 'AuditEntry')
    expect(reads).toBe(role === Role.ADMIN || role === Role.AUDITOR)
  })

  it('stand for teams and agents on what other subgraphs know of them', () => {
    for (const role of roles)
      for (const { type, where } of rulesOf(somebody(role))) {
        if (type === 'Team') expect(Object.keys(where ?? {})).toEqual(where ? ['id'] : [])
        if (type === 'Agent') expect(['id', 'teamId']).toEqual(expect.arrayContaining(Object.keys(where ?? {})))
      }
  })
})
