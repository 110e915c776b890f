import { type Ability, type Actor, type Condition, permits, ruleFor } from '../../../kernel/ability/index.js'
import { type Finding, reasonsOf } from './finding.js'

export interface Question {
  type: string
  row: object
  field: string
}

export interface Explanation {
  allowed: boolean
  findings: Finding[]
}

/** Why this person may or may not read this field of this row, from the very rules that decide it. */
export function explain(
  viewer: { actor: Actor; ability: Ability } | null,
  { type, row, field }: Question,
): Explanation {
  if (!viewer) return { allowed: false, findings: [{ kind: 'INACTIVE' }] }
  const { actor, ability } = viewer
  const rule = ruleFor(ability, 'read', type, row, field)
  if (rule) {
    const why: Finding = rule.reason
      ? {
          kind: 'GRANT',
          grantId: rule.reason,
          endsAt: actor.grants.find(({ id }) => id === rule.reason)?.endsAt ?? null,
        }
      : { kind: 'ROLE', role: actor.role, reasons: reasonsOf(rule.conditions as Condition | undefined, row) }
    return { allowed: true, findings: [why, { kind: 'REVEAL', allowed: permits(ability, 'reveal', type, row, field) }] }
  }
  // A row that may not be read at all shows nothing, whatever else its fields would allow.
  const seen = permits(ability, 'read', type, row)
  if (seen && permits(ability, 'readMasked', type, row, field)) return { allowed: true, findings: [{ kind: 'MASKED' }] }
  const named = ability.rulesFor('read', type).filter(({ fields, reason }) => !reason && fields?.includes(field))
  const standing: Finding[] = named.map(({ conditions }) => ({
    kind: 'OTHER_ROWS',
    role: actor.role,
    reasons: reasonsOf(conditions as Condition | undefined, row),
  }))
  return {
    allowed: false,
    findings: [
      ...(standing.length > 0 ? standing : [{ kind: 'NO_RULE', role: actor.role } as const]),
      { kind: 'NO_GRANT' },
      ...(seen ? [] : [{ kind: 'ROW_UNSEEN' } as const]),
    ],
  }
}
