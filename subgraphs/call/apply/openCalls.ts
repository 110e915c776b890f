import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'

/** A system's ids of its calls that have not ended, the newest `most` of them. */
export async function openCalls(kernel: Kernel, systemId: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select external_id as id from call.call where system_id = ${systemId} and status <> 'ENDED'
    order by started_at desc limit ${most}`.execute(kernel.systemEm(systemId).getKysely<unknown>())
  return rows.map(({ id }) => id)
}
