import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { fragmentsOf } from './fragments.js'

/** How many objects an operation can return with these variables. */
export type Cost = (variables: Record<string, unknown>) => number

/** Entries assumed of a list that takes no `first`. */
const PLAIN_LIST = 10
/** Entries assumed of a page whose size nobody gave. */
const DEFAULT_PAGE = 20

/**
 * Works out an operation's cost function: 1 for each object, times the lengths of all lists it stands in. A field with `first` or `last`
 * multiplies everything below it, and the lists of its connection (`edges`, `nodes`) are not multiplied again. Done once per document;
 * a fragment is counted once, however often it is spread.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Cost {
  const fragments = fragmentsOf(document)
  const known = new Map<string, Cost>()

  const fold = (set: SelectionSetNode | undefined, type: GraphQLNamedType | undefined, paged: boolean): Cost => {
    const parts = (set?.selections ?? []).map(node => {
      if (node.kind === Kind.FIELD) return field(node, type, paged)
      if (node.kind === Kind.INLINE_FRAGMENT) {
        return fold(node.selectionSet, node.typeCondition ? schema.getType(node.typeCondition.name.value) : type, paged)
      }
      return spread(node.name.value, paged)
    })
    return total(parts)
  }

  const spread = (name: string, paged: boolean): Cost => {
    const key = `${name} ${paged}`
    const done = known.get(key)
    if (done) return done
    known.set(key, () => 0)
    const fragment = fragments.get(name)
    const type = fragment && schema.getType(fragment.typeCondition.name.value)
    const cost = remembered(fold(fragment?.selectionSet, type, paged))
    known.set(key, cost)
    return cost
  }

  const field = (node: FieldNode, parent: GraphQLNamedType | undefined, paged: boolean): Cost => {
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined
    const type = definition && getNamedType(definition.type)
    if (!definition || !isCompositeType(type)) return () => 0
    const size = pageSize(node, definition)
    const list = isList(definition)
    const inner = fold(node.selectionSet, type, size !== null && !list)
    if (size && !list) return variables => 1 + size(variables) * inner(variables)
    const length = size ?? (() => (list && !paged ? PLAIN_LIST : 1))
    return variables => length(variables) * (1 + inner(variables))
  }

  return fold(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, false)
}

const total = (parts: readonly Cost[]): Cost => {
  return variables => parts.reduce((cost, part) => cost + part(variables), 0)
}

/** Keeps the last result: fragments within fragments would otherwise be counted out exponentially often. */
function remembered(cost: Cost): Cost {
  let last: { variables: object; cost: number } | undefined
  return variables => {
    if (last?.variables !== variables) last = { variables, cost: cost(variables) }
    return last.cost
  }
}

function pageSize(node: FieldNode, definition: GraphQLField<unknown, unknown>): Cost | null {
  const argument = definition.args.find(({ name }) => name === 'first' || name === 'last')
  if (!argument) return null
  const given = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value
  const fallback = typeof argument.defaultValue === 'number' ? argument.defaultValue : DEFAULT_PAGE
  if (given?.kind === Kind.INT) return () => Number(given.value)
  if (given?.kind !== Kind.VARIABLE) return () => fallback
  return variables => {
    const value = variables[given.name.value]
    return typeof value === 'number' ? Math.max(0, value) : fallback
  }
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}
