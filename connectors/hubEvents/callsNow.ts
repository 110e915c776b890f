import { z } from 'zod'
import { type Door, unreachable } from './ask.js'
import { pagesOf } from './lists.js'

const call = z.object({ id: z.string().min(1).max(200) })

/** The system's ids of the calls that go on at this moment. One that could not be read would count as over, so that all must be. */
export async function callsNow(door: Door): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for await (const items of pagesOf(door, '/calls/live'))
    for (const item of items) {
      const { data } = call.safeParse(item)
      if (!data) throw unreachable('its list of calls is not what the protocol says')
      ids.add(data.id)
    }
  return ids
}
