import type { DocumentNode } from 'graphql'
import { foldSelections, largest, sum } from './foldSelections.js'

/** How many fields the largest operation has once all fragments are written out. */
export const fieldsOf = (document: DocumentNode): number =>
  largest(foldSelections(document, { field: (_, inner) => inner + 1, join: sum }))
