import type { HubContext } from '../../../kernel/context/index.js'
import { badInput } from '../../../kernel/errors.js'
import { RecordType } from '../../../kernel/recordType.js'
import { lifeOfCall } from './callLife.js'
import type { RecordEvent } from './recordEvent.js'

/** The life of a record. Of those that come from CRMs it can be told once they are synced. */
export async function lifeOf(ctx: HubContext, type: RecordType, id: string): Promise<RecordEvent[]> {
  if (type === RecordType.CALL) return lifeOfCall(ctx, id)
  throw badInput('type', 'So far the life of calls is told: ask for CALL. Of other records see `auditTrail`.')
}
