import { describe, expect, it } from 'vitest'
import { type Actor, abilityOf, inTeamOf, ownedBy, Role, type RuleSet } from '../../../kernel/ability/index.js'
import { explain } from './explain.js'
import { inWords } from './words.js'

const rules: RuleSet = (can, me) => {
  if (me.role === Role.AGENT) can('read', 'Customer', ['id', 'name'], ownedBy(me))
  if (me.role === Role.SUPERVISOR) {
    can('read', 'Customer', ['id', 'name', 'phone'], inTeamOf(me))
    can('reveal', 'Customer', ['phone'], inTeamOf(me))
  }
  if (me.role === Role.ANALYST) {
    can('read', 'Customer', ['id'])
    can('readMasked', 'Customer', ['name'])
  }
}
const li: Actor = { id: 'li', name: 'Li', role: Role.AGENT, teamId: 'north', supervisedTeamIds: [], grants: [] }
const sun: Actor = { ...li, id: 'sun', role: Role.SUPERVISOR, supervisedTeamIds: ['north', 'north-1'] }
const grant = {
  id: 'g1',
  endsAt: new Date('2026-11-23T02:40:00Z'),
  rules: [{ action: 'read' as const, subject: 'Customer', fields: ['stage'], conditions: { id: { $in: ['1'] } } }],
}
const row = { id: '1', ownerId: 'wu', teamId: 'north' }

const ask = (actor: Actor, field: string, lang = 'en') => {
  const question = { type: 'Customer', row, field }
  const { allowed, findings } = explain({ actor, ability: abilityOf(actor, [rules]) }, question)
  return { allowed, because: findings.map(finding => inWords(lang, finding, question)) }
}

describe('C11: why', () => {
  it('names the standing rule that lets the row through, and whether values may be revealed', () => {
    expect(ask(sun, 'phone')).toEqual({
      allowed: true,
      because: [
        'A rule lets supervisors read Customer.phone where teamId ∈ {north, north-1}; this row fits.',
        'Personal values in it may be read in full, within the budget; every reading is audited.',
      ],
    })
    expect(ask(sun, 'name').because[1]).toBe(
      'Personal values in it stay masked: no rule and no grant lets them be revealed.',
    )
  })

  it('names the grant where no standing rule does it', () => {
    expect(ask({ ...li, grants: [grant] }, 'stage')).toMatchObject({
      allowed: true,
      because: ['No standing rule allows it, but grant g1 does, until 2026-11-23T02:40:00.000Z.', expect.any(String)],
    })
  })

  it('says what the rule asks of the row and what the row has', () => {
    expect(ask(li, 'name')).toEqual({
      allowed: false,
      because: [
        'A rule lets agents read Customer.name only where ownerId = li; this row has ownerId = wu.',
        'No grant in force opens it.',
        'They may not see this row at all: to them it does not exist.',
      ],
    })
  })

  it('says when no rule names the field', () => {
    expect(ask(sun, 'internalNote')).toEqual({
      allowed: false,
      because: ['No rule for supervisors names Customer.internalNote.', 'No grant in force opens it.'],
    })
  })

  it('says when only the masked form may be read', () => {
    expect(ask({ ...li, role: Role.ANALYST }, 'name')).toEqual({
      allowed: true,
      because: ['They may read Customer.name masked only.'],
    })
  })

  it('says that somebody who is not active may see nothing', () => {
    expect(explain(null, { type: 'Customer', row, field: 'name' })).toEqual({
      allowed: false,
      findings: [{ kind: 'INACTIVE' }],
    })
  })

  it('speaks Chinese to those who do', () => {
    expect(ask(li, 'name', 'zh-CN').because).toEqual([
      '规则只允许坐席在 ownerId = li 时读取 Customer.name，而此记录为 ownerId = wu。',
      '没有有效的临时授权开放它。',
      '此人完全看不到这条记录：对其而言它不存在。',
    ])
    expect(ask(sun, 'phone', 'zh-CN').because).toEqual([
      '规则允许主管在 teamId ∈ {north, north-1} 时读取 Customer.phone，此记录符合。',
      '其中的个人信息可以在额度内查看完整内容，每次查看都会记入审计。',
    ])
  })

  it('cuts lists of many teams', () => {
    const many = { ...sun, supervisedTeamIds: ['north', ...Array.from({ length: 40 }, (_, i) => `t${i}`)] }
    expect(ask(many, 'phone').because[0]).toBe(
      'A rule lets supervisors read Customer.phone where teamId ∈ {north, t0, t1, t2, t3, … (41)}; this row fits.',
    )
  })
})
