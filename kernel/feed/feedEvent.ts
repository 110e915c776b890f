/** One event as it stands in the feed. */
export interface FeedEvent {
  /** Its number: grows in the order of commits within a topic, and is the cursor to go on after. */
  seq: number
  at: Date
  /** Number of the newest change of access made by the same transaction. */
  epoch: number | null
  data: Record<string, unknown>
}

/** What a subscriber gets: an event, as it happens or `replayed` from before they came, or word that it was too slow and missed some after `seq`. */
export type FeedItem =
  | { event: FeedEvent; replayed: boolean; lagged?: undefined }
  | { event?: undefined; lagged: number; seq: number; at: Date }
