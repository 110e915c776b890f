import { type DocumentNode, getOperationAST } from 'graphql'

/**
 * What stands for the data of a subgraph that gave none: null for every root field it was asked for, which are all nullable. Without it
 * the planner's executor would leave them out of the answer, or repeat those of a subscription's last event.
 */
export function emptyAnswer(document: DocumentNode, operationName: string | null | undefined): Record<string, null> {
  const operation = getOperationAST(document, operationName)
  const empty: Record<string, null> = {}
  for (const node of operation?.selectionSet.selections ?? []) {
    if (node.kind === 'Field') empty[node.alias?.value ?? node.name.value] = null
  }
  return empty
}
