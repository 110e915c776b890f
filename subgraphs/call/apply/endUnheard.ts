import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { CALL_TOPIC } from '../call/callTopic.js'
import { CallEventKind } from '../call/enums.js'

/** Ends calls that the hub wrote down and of which the system never said a word: there is nothing to fold. Whatever it says later makes them anew. */
export async function endUnheard(
  kernel: Kernel,
  change: Change,
  systemId: string,
  externalIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string; customerId: string | null }>`
    update call.call set status = 'ENDED', outcome = 'LOST', ended_at = started_at, talk_seconds = 0, duration_seconds = 0,
      milestones = array_append(milestones, 'ENDED'), version = version + 1, updated_at = ${change.at}
    where system_id = ${systemId} and external_id = any(${[...externalIds]}::text[]) and status <> 'ENDED'
    returning id, customer_id as "customerId"`.execute(change.em.getKysely<unknown>())
  for (const { id, customerId } of rows) {
    change.record({ kind: 'SYNC', action: 'Call.ended', subjectType: 'Call', subjectId: id, customerId })
    change.emit(CALL_TOPIC, { callId: id, kind: CallEventKind.ENDED })
  }
  await kernel.ports.automaticGrants.ended(
    change,
    rows.map(({ id }) => ({ callId: id, endedAt: change.at })),
  )
}
