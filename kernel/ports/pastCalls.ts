/** Which phone systems have records of past calls that the hub can read. Kept by the sync subgraph, which knows the systems. */
export interface PastCalls {
  /** Where the system's records come from, in words; null: there is no such system, or its settings name none. */
  sourceOf(systemId: string): string | null
}
