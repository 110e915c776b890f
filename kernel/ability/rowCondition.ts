import { remember } from '../remember.js'
import type { Ability, Action } from './ability.js'

/** What a rule may ask of a column. Nothing else becomes SQL, and anything else fails the start of a request rather than widen it. */
export type ColumnTest = string | number | boolean | null | { $in: readonly (string | number)[] }
export type Condition = Record<string, ColumnTest>

/** Rows that fit any of these; an empty list: none; a condition without columns: all. */
export type RowCondition = readonly Condition[]

/**
 * The rows on which this person may do this, as conditions to be joined by OR. With `fields`, only rows of which they may read every one
 * of these fields: what may not be read may not be filtered, sorted, grouped or searched by either.
 */
export function rowCondition(
  ability: Ability,
  action: Action,
  type: string,
  fields: readonly string[] = [],
): RowCondition {
  const rules = ability
    .rulesFor(action, type)
    .filter(rule => !rule.inverted && fields.every(field => rule.fields === undefined || rule.fields.includes(field)))
  const conditions = rules.map(rule => (rule.conditions ?? {}) as Condition)
  const all = conditions.find(condition => Object.keys(condition).length === 0)
  return all ? [all] : mergeById(conditions)
}

/** Grants name single rows; many of them become one IN. */
function mergeById(conditions: Condition[]): Condition[] {
  const byColumn = new Map<string, Set<string | number>>()
  const rest: Condition[] = []
  for (const condition of conditions) {
    const [column, ...others] = Object.keys(condition)
    const test = condition[column!]
    if (others.length === 0 && typeof test === 'object' && test !== null) {
      const values = byColumn.get(column!) ?? new Set()
      for (const value of test.$in) values.add(value)
      byColumn.set(column!, values)
    } else rest.push(condition)
  }
  return [...rest, ...[...byColumn].map(([column, values]) => ({ [column]: { $in: [...values] } }))]
}

const SHOWING: readonly Action[] = ['read', 'readMasked', 'reveal', 'listen']
const columnsRead = new WeakMap<Ability, Map<string, readonly string[]>>()

/** Columns that the rules on showing rows of this type compare: a row without them would show less than it may. */
export function ruleColumns(ability: Ability, type: string): readonly string[] {
  const perType = remember(columnsRead, ability, () => new Map<string, readonly string[]>())
  return remember(perType, type, () => {
    const rules = SHOWING.flatMap(action => ability.rulesFor(action, type))
    return [...new Set(rules.flatMap(({ conditions }) => Object.keys(conditions ?? {})))]
  })
}
