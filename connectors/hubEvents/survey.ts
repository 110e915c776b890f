import { z } from 'zod'
import type { Survey } from '../../kernel/ports/index.js'
import { ask, type Door } from './ask.js'
import { allOf } from './lists.js'

const text = z.string().min(1).max(200)
const about = z.object({ product: text, version: text.optional() })
const extension = z.object({ extension: text, name: text.nullish() })
const trunk = z.object({ name: text })
const queue = z.object({ name: text, members: z.array(text).max(10_000).default([]) })

/** What the system says that it has. */
export async function surveyOf(door: Door): Promise<Survey> {
  const [product, extensions, trunks, queues] = await Promise.all([
    productOf(door),
    allOf(door, '/extensions', extension),
    allOf(door, '/trunks', trunk),
    allOf(door, '/queues', queue),
  ])
  return {
    product,
    trunks: trunks.map(({ name }) => name),
    extensions: extensions.map(({ extension: number, name }) => ({ number, ...(name != null && { name }) })),
    queues,
  }
}

/** Not every system says what it is. */
async function productOf(door: Door): Promise<string> {
  const { data } = about.safeParse((await ask(door, { path: '/about' })).json)
  return data ? [data.product, data.version].filter(Boolean).join(' ') : 'a phone system that speaks hub-events'
}
