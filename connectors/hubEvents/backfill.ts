import { z } from 'zod'
import type { Backfilled, BackfillSource, HookDelivery, Span } from '../../kernel/ports/index.js'
import type { Door } from './ask.js'
import { callEvent, type HubEvent } from './event.js'
import { pagesOf } from './lists.js'

const { id, direction, from, to, line, extension, queue, at, outcome, talkSeconds } = callEvent.shape
const nothing = z.null().transform(() => undefined)

/** A call as the system remembers it: with what it told of it then, or as a record only. */
const call = z.object({
  id,
  startedAt: at,
  endedAt: at.or(nothing).optional(),
  direction: direction.or(nothing),
  from: from.or(nothing),
  to: to.or(nothing),
  line: line.or(nothing),
  extension: extension.or(nothing),
  queue: queue.or(nothing),
  outcome: outcome.or(nothing),
  talkSeconds: talkSeconds.or(nothing),
  events: z.array(z.unknown()).max(10_000).optional(),
})
type RememberedCall = z.infer<typeof call>

/** The system's memory of calls. An event that was heard when it happened has the same id here, and counts once. */
export const backfillOf = (door: Door): BackfillSource => ({
  about: `the calls that ${door.address.host} remembers`,
  read: async ({ from: since, to: until }: Span, sink, signal): Promise<Backfilled> => {
    const query = { since: since.toISOString(), until: until.toISOString() }
    const read = { records: 0, unreadable: 0 }
    for await (const items of pagesOf(door, '/calls', query, signal)) {
      const deliveries: HookDelivery[] = []
      let last = since.getTime()
      for (const item of items) {
        const { data } = call.safeParse(item)
        read.records++
        if (!data) read.unreadable++
        else {
          const events = data.events?.map(event => callEvent.safeParse(event).data) ?? recordOf(data)
          if (events.includes(undefined)) read.unreadable++
          deliveries.push(...events.flatMap(event => (event ? [deliveryOf(event)] : [])))
          last = Math.max(last, Date.parse(data.startedAt))
        }
      }
      if (deliveries.length > 0) await sink.store(deliveries)
      sink.progress(Math.min(1, (last - since.getTime()) / Math.max(1, until.getTime() - since.getTime())))
    }
    return read
  },
})

export const deliveryOf = (event: HubEvent): HookDelivery => ({
  key: event.id,
  payload: Buffer.from(JSON.stringify(event)),
})

/** What a bare record says: that the call began, and, once it is over, how it went. */
function recordOf(record: RememberedCall): HubEvent[] {
  const { direction: way, from: caller, to: callee, line: trunk, queue: name, extension: phone } = record
  const about = { callId: record.id, queue: name }
  const started: HubEvent = {
    ...about,
    id: `${record.id}:record:started`,
    type: 'call.started',
    at: record.startedAt,
    direction: way,
    from: caller,
    to: callee,
    line: trunk,
    // Of a call from outside this is who answered, not whose phone began it.
    ...(way === 'outbound' && { extension: phone }),
  }
  if (record.endedAt === undefined) return [started]
  const seconds = Math.max(0, Math.round((Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000))
  const summary: HubEvent = {
    ...about,
    id: `${record.id}:record`,
    type: 'call.summary',
    at: record.endedAt,
    extension: phone,
    outcome: record.outcome,
    seconds,
    talkSeconds: record.talkSeconds,
  }
  return [started, summary]
}
