import { z } from 'zod'

const answer = z.object({
  row_count: z.int(),
  rows: z.array(z.object({ uuid: z.string().min(1), call_uuid: z.string().optional() })).default([]),
})

/** The channels in the answer to `show channels as json`, each with the call it is of as far as FreeSWITCH knows; undefined for a list that is not whole. */
export function parseChannels(text: string): { uuid: string; call: string }[] | undefined {
  const { data } = answer.safeParse(json(text))
  if (data?.rows.length !== data?.row_count) return undefined
  return data?.rows.map(({ uuid, call_uuid: call }) => ({ uuid, call: call || uuid }))
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
