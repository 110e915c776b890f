import { z } from 'zod'
import { parse } from './parse.js'
import { Refusal } from './refusal.js'

const paging = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().optional() })

export interface Page<T> {
  items: T[]
  /** Ask with it for the next page; null at the end. */
  nextCursor: string | null
}

/** One page of a list in the order of `keyOf`, which must be different for each item. */
export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, query: URLSearchParams): Page<T> {
  const { limit, cursor } = parse(paging, Object.fromEntries(query))
  const after = cursor === undefined ? '' : decode(cursor)
  const rest = items
    .map(item => ({ item, key: keyOf(item) }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const page = rest.slice(0, limit)
  const more = rest.length > page.length
  return { items: page.map(({ item }) => item), nextCursor: more ? encode(page.at(-1)!.key) : null }
}

const encode = (key: string) => Buffer.from(`k${key}`).toString('base64url')

function decode(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!text.startsWith('k')) throw new Refusal(400, 'bad_input', { field: 'cursor' })
  return text.slice(1)
}
