import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability'
import type { Actor } from './actor.js'
import type { Condition } from './rowCondition.js'

/**
 * `read` lets a field be seen, `readMasked` lets it be seen in its masked form only, `reveal` lets the full personal value be read.
 * The rest are verbs of the domain, such as `assign` or `close`.
 */
export type Action =
  | 'read'
  | 'readMasked'
  | 'reveal'
  | 'listen'
  | 'create'
  | 'update'
  | 'delete'
  | 'assign'
  | 'merge'
  | 'decide'
  | 'lookUp'
  | 'export'
  | 'dial'

export type Ability = MongoAbility<[Action, string]>
export type Rule = RawRuleOf<Ability>

/** `can('read', 'Deal', ['title', 'amount'], ownedBy(me))`; without a condition: every row of the type. */
export type Can = (action: Action | Action[], type: string, fields: readonly string[], where?: Condition) => void

/**
 * The rules of one domain for one person. Rules are positive only and each names its fields: a field that no rule names can be seen
 * by nobody, so a new column stays hidden until somebody decides who may read it.
 */
export type RuleSet = (can: Can, me: Actor) => void

/** Everything one person may do: the rules of all domains, and those of the grants they hold. */
export function abilityOf(actor: Actor, ruleSets: readonly RuleSet[]): Ability {
  const standing: Rule[] = []
  const can: Can = (action, subject, fields, conditions) => {
    standing.push({
      action,
      subject,
      fields: [...fields],
      ...(conditions && { conditions: conditions as Rule['conditions'] }),
    })
  }
  for (const rules of ruleSets) rules(can, actor)
  const granted = actor.grants.flatMap(grant => grant.rules.map(rule => ({ ...rule, reason: grant.id })))
  return createMongoAbility<[Action, string]>([...standing, ...granted])
}
