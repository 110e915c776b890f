import type { FeedEvent } from '../feed/index.js'

const KEPT = 500
/** A subscriber that falls behind further than this loads for itself: rules compare columns of the row, which may have moved since. */
const FRESH_MS = 1000

interface Shared<T> {
  loading: Promise<T>
  since: number
}

/**
 * Loads what an event is about once, however many subscribers are told of it as it happens. Who is told of it later gets the row as it
 * stands then.
 */
export function sharedLoads<T>(
  load: (event: FeedEvent) => Promise<T>,
): (event: FeedEvent, replayed: boolean) => Promise<T> {
  const known = new Map<number, Shared<T>>()
  return (event, replayed) => {
    const now = performance.now()
    const shared = known.get(event.seq)
    if (replayed || (shared && now - shared.since > FRESH_MS)) return load(event)
    if (shared) return shared.loading
    const loading = load(event)
    known.set(event.seq, { loading, since: now })
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    loading.catch(() => known.delete(event.seq))
    return loading
  }
}
