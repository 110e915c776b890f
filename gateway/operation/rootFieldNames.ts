import { Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'
import type { Fragments } from '../limits/fragments.js'

/** The names of the fields an operation asks of the root, also through fragments. */
export function rootFieldNames(operation: OperationDefinitionNode, fragments: Fragments): Set<string> {
  const names = new Set<string>()
  const entered = new Set<string>()
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) names.add(node.name.value)
      else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet)
      else if (!entered.has(node.name.value)) {
        entered.add(node.name.value)
        collect(fragments.get(node.name.value)?.selectionSet)
      }
    }
  }
  collect(operation.selectionSet)
  return names
}
