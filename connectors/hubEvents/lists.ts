import { z } from 'zod'
import { ask, type Door, unexpected, unreachable } from './ask.js'

const page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().min(1).max(2000).nullish() })

/** Pages that a system may give; one that never comes to an end is stopped. */
const MOST_PAGES = 10_000
const PAGE = 200

/** A list of the system, page by page. Rejects where it cannot be read to its end. */
export async function* pagesOf(
  door: Door,
  path: string,
  query: Record<string, string> = {},
  signal?: AbortSignal,
): AsyncGenerator<unknown[]> {
  const seen = new Set<string>()
  let cursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const asked = new URLSearchParams({ ...query, limit: String(PAGE), ...(cursor !== null && { cursor }) })
    const { status, json } = await ask(door, { path: `${path}?${asked}`, signal })
    if (status !== 200) throw unexpected(status)
    const { data } = page.safeParse(json)
    if (!data) throw unreachable(`its list ${path} is not what the protocol says`)
    yield data.items
    cursor = data.nextCursor ?? null
    if (cursor === null) return
    if (seen.has(cursor)) break
    seen.add(cursor)
  }
  throw unreachable(`its list ${path} comes to no end`)
}

/** All of a list that fits this form; what does not fit is left out. */
export async function allOf<T>(door: Door, path: string, form: z.ZodType<T>, query = {}): Promise<T[]> {
  const all: T[] = []
  for await (const items of pagesOf(door, path, query))
    for (const item of items) {
      const { data, success } = form.safeParse(item)
      if (success) all.push(data)
    }
  return all
}
