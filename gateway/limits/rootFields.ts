import type { DocumentNode } from 'graphql'
import { foldSelections, largest, sum } from './foldSelections.js'

/** How many fields the widest operation asks of the root, those in fragments included. */
export const rootFieldsOf = (document: DocumentNode): number =>
  largest(foldSelections(document, { field: () => 1, join: sum }))
