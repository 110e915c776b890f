import type { FeedEvent } from '../feed/index.js'
import { remember } from '../remember.js'

const KEPT = 500

/** Loads what an event is about once, however many subscribers are told of it. */
export function sharedLoads<T>(load: (event: FeedEvent) => Promise<T>): (event: FeedEvent) => Promise<T> {
  const known = new Map<number, Promise<T>>()
  return event => {
    const loading = remember(known, event.seq, () => load(event))
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    loading.catch(() => known.delete(event.seq))
    return loading
  }
}
