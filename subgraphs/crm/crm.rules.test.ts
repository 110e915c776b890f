import { describe, expect, it } from 'vitest'
import { type Action, type Actor, abilityOf, permits, permittedFields, Role } from '../../kernel/ability/index.js'
import { CUSTOMER_FIELDS } from './customer/customer.rules.js'
import { DEAL_FIELDS } from './deal/deal.rules.js'
import { FOLLOW_UP_FIELDS } from './followUp/followUp.rules.js'
import { crm } from './index.js'

const somebody = (role: Role, more: Partial<Actor> = {}): Actor => ({
  id: 'me',
  name: 'Me',
  role,
  teamId: 'north',
  supervisedTeamIds: role === Role.SUPERVISOR ? ['north', 'north-1'] : [],
  grants: [],
  ...more,
})
const roles = Object.values(Role)
const TYPES = ['Customer', 'Deal', 'FollowUp'] as const
type Type = (typeof TYPES)[number]

const mine = { id: '1', ownerId: 'me', teamId: 'north' }
const below = { id: '2', ownerId: 'colleague', teamId: 'north-1' }
const foreign = { id: '3', ownerId: 'stranger', teamId: 'south' }
const inPool = { id: '4', ownerId: null, teamId: null }
const rows = { mine, below, foreign, inPool }

/** Which of the four rows this role may do this with. */
function reach(role: Role, action: Action, type: Type, field?: string): string[] {
  const ability = abilityOf(somebody(role), crm.rules)
  return Object.entries(rows)
    .filter(([, row]) => permits(ability, action, type, row, field))
    .map(([name]) => name)
}
const fieldsOf = (role: Role, action: Action, type: Type, row: object = mine): string[] =>
  [...permittedFields(abilityOf(somebody(role), crm.rules), action, type, row)].sort()

const ALL = Object.keys(rows)
const TEAM = ['mine', 'below']
const CHANGERS = [Role.AGENT, Role.SUPERVISOR, Role.ADMIN]

describe('C6: customers, deals and follow-ups', () => {
  it.each([
    [Role.AGENT, ['mine']],
    [Role.SUPERVISOR, TEAM],
    [Role.ADMIN, ALL],
    [Role.ANALYST, ALL],
    [Role.AUDITOR, ALL],
    [Role.PROGRAM, []],
  ])('are read by %s: %j', (role, expected) => {
    for (const type of TYPES) expect(reach(role, 'read', type, 'id')).toEqual(expected)
  })

  it('show an agent every plain field of their own, and neither internal note nor cost', () => {
    expect(fieldsOf(Role.AGENT, 'read', 'Customer')).toEqual([...CUSTOMER_FIELDS].sort())
    expect(fieldsOf(Role.AGENT, 'read', 'Deal')).toEqual([...DEAL_FIELDS].sort())
    expect(fieldsOf(Role.AGENT, 'read', 'FollowUp')).toEqual([...FOLLOW_UP_FIELDS].sort())
  })

  it.each([Role.ANALYST, Role.AUDITOR])('show %s names as 王* only, and nothing restricted', role => {
    expect(fieldsOf(role, 'read', 'Customer', foreign)).toEqual(
      CUSTOMER_FIELDS.filter(field => field !== 'name').sort(),
    )
    expect(fieldsOf(role, 'readMasked', 'Customer', foreign)).toEqual(['name'])
    expect(fieldsOf(role, 'read', 'Deal', foreign)).toEqual([...DEAL_FIELDS].sort())
  })

  it.each([
    [Role.AGENT, []],
    [Role.SUPERVISOR, TEAM],
    [Role.ADMIN, ALL],
    [Role.ANALYST, []],
    [Role.AUDITOR, []],
    [Role.PROGRAM, []],
  ])('open internal note, cost and full values to %s: %j', (role, expected) => {
    expect(reach(role, 'read', 'Customer', 'internalNote')).toEqual(expected)
    expect(reach(role, 'read', 'Deal', 'cost')).toEqual(expected)
    for (const field of ['phone', 'otherPhones', 'email', 'address', 'name', 'extra', 'tags', 'internalNote'])
      expect(reach(role, 'reveal', 'Customer', field)).toEqual(expected)
    expect(reach(role, 'reveal', 'Deal', 'title')).toEqual(expected)
    expect(reach(role, 'reveal', 'FollowUp', 'note')).toEqual(expected)
  })
})

describe('C6: who changes customers', () => {
  it.each(roles)('%s makes them only as an agent, supervisor or administrator', role => {
    expect(reach(role, 'create', 'Customer', 'name').length > 0).toBe(CHANGERS.includes(role))
  })

  it('agents: name, a further phone, stage, tags, do-not-call and consents of their own', () => {
    const fields = ['consents', 'doNotCall', 'name', 'phone', 'stage', 'tags']
    expect(fieldsOf(Role.AGENT, 'update', 'Customer')).toEqual(fields)
    expect(reach(Role.AGENT, 'update', 'Customer')).toEqual(['mine'])
    expect(reach(Role.AGENT, 'assign', 'Customer')).toEqual([])
  })

  it('supervisors: all plain fields of their teams’, who cares for them, and that they may be called again', () => {
    const fields = fieldsOf(Role.SUPERVISOR, 'update', 'Customer', below)
    for (const field of ['company', 'source', 'email', 'address', 'extra', 'internalNote', 'mayBeCalled'])
      expect(fields).toContain(field)
    expect(reach(Role.SUPERVISOR, 'update', 'Customer')).toEqual(TEAM)
    expect(reach(Role.SUPERVISOR, 'assign', 'Customer', 'owner')).toEqual(TEAM)
  })

  it('administrators: everybody, and only they put one away', () => {
    expect(reach(Role.ADMIN, 'update', 'Customer', 'mayBeCalled')).toEqual(ALL)
    for (const role of roles) expect(reach(role, 'delete', 'Customer')).toEqual(role === Role.ADMIN ? ALL : [])
  })

  it.each([Role.ANALYST, Role.AUDITOR, Role.PROGRAM])('%s: nobody', role => {
    for (const type of TYPES)
      for (const action of ['create', 'update', 'delete', 'assign', 'lookUp', 'reveal'] as const)
        expect(reach(role, action, type)).toEqual([])
  })
})

describe('C8: who calls customers', () => {
  it.each([
    [Role.AGENT, ['mine']],
    [Role.SUPERVISOR, TEAM],
    [Role.ADMIN, ALL],
    [Role.ANALYST, []],
    [Role.AUDITOR, []],
    [Role.PROGRAM, []],
  ])('%s: %j', (role, expected) => {
    expect(reach(role, 'dial', 'Customer', 'phone')).toEqual(expected)
  })
})

describe('C6: who writes deals and follow-ups', () => {
  it.each([
    [Role.AGENT, ['mine']],
    [Role.SUPERVISOR, TEAM],
    [Role.ADMIN, ALL],
  ])('%s: of %j', (role, expected) => {
    for (const action of ['create', 'update'] as const) {
      expect(reach(role, action, 'FollowUp')).toEqual(expected)
      // Agents read the deals of their customers.
      expect(reach(role, action, 'Deal')).toEqual(role === Role.AGENT ? [] : expected)
    }
  })

  it('a deal’s cost is set by administrators alone', () => {
    for (const role of roles)
      for (const action of ['create', 'update'] as const)
        expect(reach(role, action, 'Deal', 'cost')).toEqual(role === Role.ADMIN ? ALL : [])
  })
})

describe('C6: the rules themselves', () => {
  const PROMISED: Record<Type, string[]> = {
    Customer: ['id', 'version'],
    Deal: ['id', 'version'],
    FollowUp: ['id', 'channel', 'createdAt'],
  }

  it.each(roles)('give %s every promised field of each row they may read', role => {
    const ability = abilityOf(somebody(role), crm.rules)
    for (const type of TYPES)
      for (const rule of ability.rulesFor('read', type))
        expect(rule.fields).toEqual(expect.arrayContaining(PROMISED[type]))
  })

  it.each(roles)('never take what nobody owns for a row of %s without a team', role => {
    const ability = abilityOf(somebody(role, { teamId: null, supervisedTeamIds: [] }), crm.rules)
    const everything = [Role.ADMIN, Role.ANALYST, Role.AUDITOR].includes(role)
    for (const type of TYPES) expect(permits(ability, 'read', type, inPool)).toBe(everything)
  })
})
