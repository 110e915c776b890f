import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'

/** Longer ago than this no call began that still goes on. */
const LONGEST_MS = 24 * 3_600_000

/** Whether a call goes on that began until then. */
export async function goesOnSince(kernel: Kernel, systemId: string, until: Date): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from call.call
      where system_id = ${systemId} and status <> 'ENDED' and started_at <= ${until}) as found`.execute(
    kernel.systemEm(systemId).getKysely<unknown>(),
  )
  return rows[0]!.found
}

/** When the first call began that went on at that moment, or of which sight was lost before; null where there is none. */
export async function unsureSince(kernel: Kernel, systemId: string, at: Date): Promise<Date | null> {
  const { rows } = await sql<{ first: string | null }>`
    select min(started_at) as first from call.call
    where system_id = ${systemId} and started_at < ${at} and started_at > ${new Date(at.getTime() - LONGEST_MS)}
      and (ended_at is null or ended_at >= ${at} or updated_at >= ${at})`.execute(
    kernel.systemEm(systemId).getKysely<unknown>(),
  )
  const first = rows[0]!.first
  return first === null ? null : new Date(first)
}
