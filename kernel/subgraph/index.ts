export { clientError, type HideError } from './clientError.js'
export { defineSubgraph, type SubgraphSettings } from './defineSubgraph.js'
export type { ReferenceResolver, SubgraphModule } from './module.js'
export type {
  Caller,
  Subgraph,
  SubgraphClient,
  SubgraphRequest,
  SubgraphResult,
  SubgraphStream,
} from './types.js'
