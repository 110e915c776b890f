import { type SqlBool, sql } from 'kysely'
import { column, idList, rowsOf } from '../../kernel/orm/index.js'
import type { Ports } from '../../kernel/ports/index.js'
import { Call } from './call/call.entity.js'

/** What the call subgraph does for the others. */
export const callPorts: Pick<Ports, 'calls'> = {
  calls: {
    byId: async (em, ids) => {
      const rows = await rowsOf<Call>(em, Call, { select: ['id', 'customerId', 'ownerId', 'teamId', 'agentId'] })
        .where(sql<SqlBool>`${column(em, Call, 'id')} = any(${idList(em, Call, 'id', ids)})`)
        .execute()
      return new Map(
        rows.map(({ id, customerId, ownerId, teamId, agentId }) => [id, { id, customerId, ownerId, teamId, agentId }]),
      )
    },
  },
}
