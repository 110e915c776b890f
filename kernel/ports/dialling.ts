import type { Dialler } from './connector.js'

/** Which phone systems can place calls, and by what. Kept by the sync subgraph, which knows the systems. */
export interface Dialling {
  /** Ids of systems that can place calls, in the order of the configuration. */
  systems(): readonly string[]
  /** null: there is no such system, or it cannot. */
  diallerOf(systemId: string): Dialler | null
}
