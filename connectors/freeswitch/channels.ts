import { z } from 'zod'

const answer = z.object({
  row_count: z.int(),
  rows: z
    .array(
      z.object({
        uuid: z.string().min(1),
        call_uuid: z.string().optional(),
        direction: z.string().optional().catch(undefined),
      }),
    )
    .default([]),
})

export interface Channel {
  uuid: string
  /** The call it is of, as far as FreeSWITCH knows. */
  call: string
  /** FreeSWITCH called it. */
  outbound: boolean
}

/** The channels in the answer to `show channels as json`; undefined for a list that is not whole. */
export function parseChannels(text: string): Channel[] | undefined {
  const { data } = answer.safeParse(json(text))
  if (data?.rows.length !== data?.row_count) return undefined
  return data?.rows.map(({ uuid, call_uuid: call, direction }) => ({
    uuid,
    call: call || uuid,
    outbound: direction === 'outbound',
  }))
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
