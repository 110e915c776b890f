import { type DocumentNode, visit } from 'graphql'

/** The most selections in one pair of braces. */
export function widthOf(document: DocumentNode): number {
  let width = 0
  visit(document, {
    SelectionSet: ({ selections }) => {
      if (selections.length > width) width = selections.length
    },
  })
  return width
}
