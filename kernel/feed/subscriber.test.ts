import { describe, expect, it } from 'vitest'
import type { FeedEvent, FeedItem } from './feedEvent.js'
import type { FeedStore } from './feedStore.js'
import { Subscriber } from './subscriber.js'

const event = (seq: number): FeedEvent => ({ seq, at: new Date(seq), epoch: null, data: {} })
const storeOf = (events: FeedEvent[]): FeedStore =>
  ({
    after: async (_topic: string, seq: number, limit: number) => events.filter(one => one.seq > seq).slice(0, limit),
  }) as unknown as FeedStore
const take = async (subscriber: Subscriber, n: number): Promise<(FeedItem | undefined)[]> => {
  const items: (FeedItem | undefined)[] = []
  for (let i = 0; i < n; i++) items.push((await subscriber.next()).value)
  return items
}

describe('F3: a subscriber', () => {
  it('gives what was stored after its cursor, then what is live, each once', async () => {
    const stored = [1, 2, 3, 4].map(event)
    const subscriber = new Subscriber({ store: storeOf(stored), topic: 't', buffer: 10, last: 2, replay: true })
    subscriber.push(event(4))
    const first = await take(subscriber, 2)
    subscriber.push(event(4))
    stored.push(event(5))
    subscriber.push(event(5))
    expect([...first, ...(await take(subscriber, 1))].map(item => item?.event?.seq)).toEqual([3, 4, 5])
  })

  it('says how much it missed when it is too slow, and from where to ask again', async () => {
    const subscriber = new Subscriber({ store: storeOf([]), topic: 't', buffer: 3, last: 7, replay: false })
    for (let seq = 8; seq <= 12; seq++) subscriber.push(event(seq))
    const [lagged, next] = await take(subscriber, 2)
    expect(lagged).toMatchObject({ lagged: 3, seq: 7 })
    expect(next?.event?.seq).toBe(11)
  })

  it('loses nothing when more arrives during its replay than it can hold', async () => {
    const stored = [event(1)]
    const store = {
      after: async (_t: string, seq: number) => {
        const page = stored.filter(one => one.seq > seq)
        // Arrives after the page was read, in greater number than the buffer holds.
        if (stored.length === 1) {
          for (let n = 2; n <= 6; n++) {
            stored.push(event(n))
            subscriber.push(event(n))
          }
        }
        return page
      },
    } as unknown as FeedStore
    const subscriber: Subscriber = new Subscriber({ store, topic: 't', buffer: 2, last: 0, replay: true })
    expect((await take(subscriber, 6)).map(item => item?.event?.seq)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('ends at once, also while it waits', async () => {
    const subscriber = new Subscriber({ store: storeOf([]), topic: 't', buffer: 3, last: 0, replay: false })
    const waiting = subscriber.next()
    await subscriber.return()
    expect(await waiting).toEqual({ value: undefined, done: true })
  })
})
