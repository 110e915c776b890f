import type { DocumentNode } from 'graphql'
import { foldSelections, largest } from './foldSelections.js'

/** How deep fields are nested, fragments written out. */
export const depthOf = (document: DocumentNode): number =>
  largest(foldSelections(document, { field: (_, inner) => inner + 1, join: largest }))
