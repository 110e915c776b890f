import type { z } from 'zod'
import { Refusal } from './refusal.js'

/** Checks a body or query; what does not fit is refused with the path of the first field that is wrong. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
  throw new Refusal(400, 'bad_input', { field, message: issue?.message })
}
