import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Actor,
  abilityOf,
  inTeamOf,
  ownedBy,
  permits,
  permittedFields,
  Role,
  type RuleSet,
  rowCondition,
  ruleFor,
} from './index.js'

const li: Actor = { id: 'li', name: 'Li', role: Role.AGENT, teamId: 'north', supervisedTeamIds: [], grants: [] }
const sun: Actor = {
  id: 'sun',
  name: 'Sun',
  role: Role.SUPERVISOR,
  teamId: 'north',
  supervisedTeamIds: ['north', 'north-1'],
  grants: [],
}

const rules: RuleSet = (can, me) => {
  if (me.role === Role.AGENT) can('read', 'Customer', ['id', 'name'], ownedBy(me))
  if (me.role === Role.SUPERVISOR) can('read', 'Customer', ['id', 'name', 'note'], inTeamOf(me))
  if (me.role === Role.ADMIN) can('read', 'Customer', ['id', 'name', 'note'])
}
const granted = (ids: string[], fields: string[]) => ({
  id: `grant-${ids.join()}`,
  endsAt: new Date('2026-11-24'),
  rules: [{ action: 'read' as const, subject: 'Customer', fields, conditions: { id: { $in: ids } } }],
})

describe('C6: an ability', () => {
  it('lets through the rows its rules name and no others', () => {
    const ability = abilityOf(li, [rules])
    expect(permits(ability, 'read', 'Customer', { id: '1', ownerId: 'li' })).toBe(true)
    expect(permits(ability, 'read', 'Customer', { id: '1', ownerId: 'wu' })).toBe(false)
    expect(permits(ability, 'read', 'Deal', { id: '1', ownerId: 'li' })).toBe(false)
  })

  it('denies a row whose column was not loaded', () => {
    expect(permits(abilityOf(li, [rules]), 'read', 'Customer', { id: '1' })).toBe(false)
  })

  it('shows only fields that a rule names', () => {
    const ability = abilityOf(li, [rules])
    const mine = { id: '1', ownerId: 'li' }
    expect(permits(ability, 'read', 'Customer', mine, 'name')).toBe(true)
    expect(permits(ability, 'read', 'Customer', mine, 'note')).toBe(false)
    expect([...permittedFields(ability, 'read', 'Customer', mine)]).toEqual(['id', 'name'])
  })

  it('adds what a grant adds, and names the grant as the reason', () => {
    const ability = abilityOf({ ...li, grants: [granted(['2'], ['id', 'stage'])] }, [rules])
    const other = { id: '2', ownerId: 'wu' }
    expect([...permittedFields(ability, 'read', 'Customer', other)]).toEqual(['id', 'stage'])
    expect(ruleFor(ability, 'read', 'Customer', other)?.reason).toBe('grant-2')
    expect([...permittedFields(ability, 'read', 'Customer', { id: '2', ownerId: 'li' })]).toEqual([
      'id',
      'stage',
      'name',
    ])
    expect(ruleFor(ability, 'read', 'Customer', { id: '2', ownerId: 'li' }, 'id')?.reason).toBeUndefined()
  })

  it('becomes a row condition: none, some by column, or all', () => {
    expect(rowCondition(abilityOf(li, [rules]), 'read', 'Deal')).toEqual([])
    expect(rowCondition(abilityOf(li, [rules]), 'read', 'Customer')).toEqual([{ ownerId: 'li' }])
    expect(rowCondition(abilityOf({ ...sun, role: Role.ADMIN }, [rules]), 'read', 'Customer')).toEqual([{}])
  })

  it('joins the rows of many grants into one list', () => {
    const ability = abilityOf({ ...li, grants: [granted(['2'], ['id']), granted(['3'], ['id'])] }, [rules])
    expect(rowCondition(ability, 'read', 'Customer')).toContainEqual({ id: { $in: ['3', '2'] } })
  })

  it('C4: narrows a condition to rows of which the fields asked for may be read', () => {
    const ability = abilityOf({ ...sun, grants: [granted(['9'], ['id'])] }, [rules])
    expect(rowCondition(ability, 'read', 'Customer', ['note'])).toEqual([{ teamId: { $in: ['north', 'north-1'] } }])
  })

  it('as a condition lets through exactly the rows that it permits one by one', () => {
    const row = fc.record({
      id: fc.constantFrom('1', '2', '3'),
      ownerId: fc.constantFrom('li', 'wu', null),
      teamId: fc.constantFrom('north', 'north-1', 'south', null),
    })
    const person = fc.constantFrom(
      li,
      sun,
      { ...li, grants: [granted(['2'], ['id']), granted(['3'], ['id'])] },
      { ...sun, role: Role.ADMIN },
    )
    fc.assert(
      fc.property(row, person, (r, who) => {
        const ability = abilityOf(who, [rules])
        const byCondition = rowCondition(ability, 'read', 'Customer').some(condition =>
          Object.entries(condition).every(([column, test]) => {
            const value = r[column as keyof typeof r]
            return typeof test === 'object' && test !== null
              ? value !== null && test.$in.includes(value)
              : value === test
          }),
        )
        expect(byCondition).toBe(permits(ability, 'read', 'Customer', r))
      }),
    )
  })
})
