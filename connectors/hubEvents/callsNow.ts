import { z } from 'zod'
import type { Door } from './ask.js'
import { allOf } from './lists.js'

const call = z.object({ id: z.string().min(1).max(200) })

/** The system's ids of the calls that go on at this moment. */
export async function callsNow(door: Door): Promise<ReadonlySet<string>> {
  const calls = await allOf(door, '/calls/live', call)
  return new Set(calls.map(({ id }) => id))
}
