import { type DocumentNode, visit } from 'graphql'

/** How many directives a document applies. */
export function directivesOf(document: DocumentNode): number {
  let directives = 0
  visit(document, { Directive: () => void directives++ })
  return directives
}
