import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'
import { ruleColumns } from '../ability/index.js'
import type { HubContext } from '../context/hubContext.js'
import { type EntityType, propertiesOf } from '../orm/index.js'
import { remember } from '../remember.js'

/** Properties that a computed field of a type needs, by field. A field that is a property itself needs no entry. */
export type Needs<T> = Readonly<Record<string, readonly (keyof T & string)[]>>

const known = new WeakMap<FieldNode, Map<object, readonly string[]>>()

/**
 * The properties to select for the rows that this field asks for, itself or as a connection (`nodes`, `edges { node }`), and those that
 * the viewer's rules read: a list does not load columns nobody wants. Worked out once per document, which the gateway keeps.
 */
export function selectedFor<T extends object>(
  ctx: HubContext,
  info: GraphQLResolveInfo,
  type: EntityType<T>,
  needs: Needs<T>,
  order: { by: keyof T & string },
): (keyof T & string)[] {
  const properties = propertiesOf(ctx.em, type)
  const work = () => asked(info, properties, needs)
  const [node] = info.fieldNodes
  const wanted = info.fieldNodes.length === 1 ? remember(remember(known, node!, newMap), type, work) : work()
  const forRules = ['id', 'customerId', order.by, ...ruleColumns(ctx.ability, type.name)].filter(one =>
    properties.includes(one),
  )
  return [...new Set([...forRules, ...wanted])] as (keyof T & string)[]
}

const newMap = () => new Map<object, readonly string[]>()

function asked(info: GraphQLResolveInfo, properties: readonly string[], needs: Needs<never>): string[] {
  const rows = info.fieldNodes.flatMap(({ selectionSet }) => rowSelections(info, selectionSet))
  const fields = new Set(rows.flatMap(set => fieldsOf(info, set).map(({ name }) => name.value)))
  return [...fields].flatMap(field => needs[field] ?? (properties.includes(field) ? [field] : []))
}

/** The selections on the rows themselves, through a connection's wrapping where there is one. */
function rowSelections(info: GraphQLResolveInfo, set: SelectionSetNode | undefined): SelectionSetNode[] {
  if (!set) return []
  const fields = fieldsOf(info, set)
  const wrapped = fields.flatMap(field => {
    if (field.name.value === 'nodes') return field.selectionSet ?? []
    if (field.name.value !== 'edges' || !field.selectionSet) return []
    return fieldsOf(info, field.selectionSet).flatMap(edge =>
      edge.name.value === 'node' ? (edge.selectionSet ?? []) : [],
    )
  })
  return [set, ...wrapped]
}

function fieldsOf(info: GraphQLResolveInfo, set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap(selection => {
    if (selection.kind === Kind.FIELD) return [selection]
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value]
    return inner ? fieldsOf(info, inner.selectionSet) : []
  })
}
