/** What the hub tells people in charge. Kept by the sync subgraph's alerts. */
export interface Notices {
  /** Somebody used up a budget: their supervisor learns of it. Repeats within the hour are one notice. */
  budgetExceeded(notice: { personId: string; kind: string }): Promise<void>
}
