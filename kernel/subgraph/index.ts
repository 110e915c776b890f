export { clientError, type HideError } from './clientError.js'
export { closeServer } from './closeServer.js'
export { defineSubgraph, type SubgraphSettings } from './defineSubgraph.js'
export { EventStream } from './eventStream.js'
export { InternalTokens } from './internalToken.js'
export type { ReferenceResolver, SubgraphModule } from './module.js'
export { printSubgraph } from './printSubgraph.js'
export { BodyError, readBody, utf8Text } from './readBody.js'
export { type SubgraphPort, type SubgraphPortSettings, subgraphPort } from './subgraphPort.js'
export type {
  Caller,
  Subgraph,
  SubgraphClient,
  SubgraphRequest,
  SubgraphResult,
  SubgraphStream,
} from './types.js'
