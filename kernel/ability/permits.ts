import { remember } from '../remember.js'
import type { Ability, Action } from './ability.js'

/** A row as a rule sees it: its own scalar columns. A column that was not selected matches nothing, so forgetting one denies. */
export type Row = object

/** Whether this person may do this with this very row (and field). A type-level question has no answer here on purpose. */
export function permits(ability: Ability, action: Action, type: string, row: Row, field?: string): boolean {
  const rules = ability.rulesFor(action, type)
  for (let i = 0; i < rules.length; i++) if (fits(rules[i]!, row, field)) return true
  return false
}

/** The rule that permits it, so that an audit entry can name the grant behind it (`reason`). Standing rights come before grants. */
export function ruleFor(ability: Ability, action: Action, type: string, row: Row, field?: string) {
  const fitting = ability.rulesFor(action, type).filter(rule => fits(rule, row, field))
  return fitting.find(rule => rule.reason === undefined) ?? fitting[0]
}

type MatchingRule = { fields?: readonly string[]; conditions: unknown; matchesConditions(row: never): boolean }

const fits = (rule: MatchingRule, row: Row, field: string | undefined): boolean =>
  (field === undefined || rule.fields === undefined || rule.fields.includes(field)) && matches(rule, row)

/** CASL types its subjects by the ability's own; rows here come with their type's name beside them. */
const matches = (rule: MatchingRule, row: Row): boolean =>
  rule.conditions === undefined || rule.matchesConditions(row as never)

const NONE: ReadonlySet<string> = new Set()

/** The fields that sets of rules name together, by the places of the rules in the list; per ability, action and type. */
const unions = new WeakMap<Ability, Map<string, Map<string, ReadonlySet<string>>>>()

/**
 * Gives the fields of a row that this person may read (or read masked). It is asked for every row of every list: the set is shared
 * between rows that the same rules let through.
 */
export function fieldsPermitted(ability: Ability, action: Action, type: string): (row: Row) => ReadonlySet<string> {
  const rules = ability.rulesFor(action, type)
  const known = remember(
    remember(unions, ability, () => new Map()),
    `${action} ${type}`,
    () => new Map<string, ReadonlySet<string>>(),
  )
  const union = (places: string): ReadonlySet<string> =>
    remember(known, places, () => new Set(places.split(',').flatMap(place => rules[Number(place)]?.fields ?? [])))
  const first = union('0')
  return row => {
    let places = ''
    for (let i = 0; i < rules.length; i++)
      if (matches(rules[i]!, row)) places = places === '' ? `${i}` : `${places},${i}`
    if (places === '') return NONE
    return places === '0' ? first : union(places)
  }
}

/** The fields of one row that this person may read (or read masked). */
export const permittedFields = (ability: Ability, action: Action, type: string, row: Row): ReadonlySet<string> =>
  fieldsPermitted(ability, action, type)(row)
