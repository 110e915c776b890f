/**
 * Tells the hub's other processes which topics have news, and hears it from them. Only names of topics travel: what happened stands in the
 * tables. A wake-up may get lost; readers also look by themselves.
 */
export interface Wakes {
  /** Resolves once the first attempt to connect is over; it goes on trying by itself. */
  start(): Promise<void>
  /** Returns at once. */
  publish(topics: readonly string[]): void
  stop(): Promise<void>
}

const INBOX = 'inbox:'

/** Has news when messages of this system were stored: beside the feed's topics, and never in the feed. */
export const inboxTopic = (systemId: string): string => `${INBOX}${systemId}`

/** The system of an inbox topic; none for topics of the feed. */
export const systemOfTopic = (topic: string): string[] => (topic.startsWith(INBOX) ? [topic.slice(INBOX.length)] : [])
