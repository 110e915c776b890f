/** What happened longer ago than this when the hub learns of it is history: it changes the record and pops no screen. */
const NEWS_MS = 60 * 60_000

export const isNews = (happenedMs: number, now: Date): boolean => now.getTime() - happenedMs < NEWS_MS
