import { type SqlBool, sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import { Call } from './call.entity.js'

/** A call to change, held until the transaction ends: the phone system may tell of the same call at this moment. */
export async function openCall(
  ctx: HubContext,
  { em }: Change,
  id: string,
  { fields }: { fields: readonly string[] },
): Promise<Call> {
  await rowsOf<Call>(em, Call, { select: ['id'] })
    .where(sql<SqlBool>`${column(em, Call, 'id')} = any(${idList(em, Call, 'id', [id])})`)
    .forNoKeyUpdate()
    .execute()
  return ctx.open(Call, id, 'update', { fields, em })
}
