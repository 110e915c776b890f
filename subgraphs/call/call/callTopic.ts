/** Topic of the feed on which everything that happens to calls is told. */
export const CALL_TOPIC = 'call'

/** An event as it stands in the feed: ids only. */
export interface CallEventData {
  callId: string
  kind: string
}
