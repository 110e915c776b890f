import { type SqlBool, sql } from 'kysely'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, rowsOf } from '../../../kernel/orm/index.js'
import { Gap } from './gap.entity.js'
import type { TimeSpan } from './timeSpan.js'

const MOST = 100

/** The newest gaps of a System that are not closed. Whoever may see the field may see them all. */
export async function shownGaps(ctx: HubContext, systemId: string): Promise<TimeSpan[]> {
  const em = ctx.kernel.systemEm()
  const gaps = await rowsOf<Gap>(em, Gap, { select: ['fromAt', 'toAt'] })
    .where(sql<SqlBool>`${column(em, Gap, 'systemId')} = ${systemId} and ${column(em, Gap, 'closedAt')} is null`)
    .orderBy(column(em, Gap, 'fromAt'), 'desc')
    .limit(MOST)
    .execute()
  return gaps.map(({ fromAt: from, toAt: to }) => ({ from, to }))
}
