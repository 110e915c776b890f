/** Raw payloads are under a key of their month: when the month is gone, so is the key. */
export const inboxSubject = (at: Date): string => `inbox:${at.toISOString().slice(0, 7)}`
