import { type DocumentNode, getOperationAST } from 'graphql'

const OF_THE_SCHEMA = new Set(['_service', '__schema', '__type', '__typename'])

/** Whether an operation asks about the schema alone and touches no row. */
export function isSchemaOnly(document: DocumentNode, operationName: string | null | undefined): boolean {
  const operation = getOperationAST(document, operationName)
  return (
    operation?.operation === 'query' &&
    operation.selectionSet.selections.every(node => node.kind === 'Field' && OF_THE_SCHEMA.has(node.name.value))
  )
}
