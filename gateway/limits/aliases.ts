import { type DocumentNode, visit } from 'graphql'

/** How many aliases a document has. */
export function aliasesOf(document: DocumentNode): number {
  let aliases = 0
  visit(document, { Field: node => void (node.alias && aliases++) })
  return aliases
}
