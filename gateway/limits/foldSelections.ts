import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql'
import { fragmentsOf } from './fragments.js'

/**
 * Folds a document from its leaves up: `field` turns a field and the value of its selections into a value, `join` joins the values that
 * stand side by side. Each fragment is folded once, however often it is spread: written out, a document can be exponentially longer.
 * A fragment within itself counts as nothing; validation refuses it later.
 */
export function foldSelections<T>(
  document: DocumentNode,
  { field, join }: { field(node: FieldNode, inner: T): T; join(values: T[]): T },
): T[] {
  const fragments = fragmentsOf(document)
  const known = new Map<string, T>()

  const spread = (name: string): T => {
    const value = known.get(name)
    if (value !== undefined) return value
    known.set(name, join([]))
    const folded = fold(fragments.get(name)?.selectionSet)
    known.set(name, folded)
    return folded
  }
  const fold = (set: SelectionSetNode | undefined): T =>
    join(
      (set?.selections ?? []).map(node => {
        if (node.kind === Kind.FIELD) return field(node, fold(node.selectionSet))
        return node.kind === Kind.FRAGMENT_SPREAD ? spread(node.name.value) : fold(node.selectionSet)
      }),
    )

  return document.definitions.flatMap(node =>
    node.kind === Kind.OPERATION_DEFINITION ? [fold(node.selectionSet)] : [],
  )
}

/** The largest of some numbers, 0 of none. */
export const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0)

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
