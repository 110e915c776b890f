import { type SqlBool, sql } from 'kysely'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, rowsOf } from '../../../kernel/orm/index.js'
import { type System, SystemState } from '../system/system.entity.js'
import { Gap } from './gap.entity.js'
import { isUnheard } from './isUnheard.js'
import type { TimeSpan } from './timeSpan.js'

const MOST = 100

/** The newest gaps of a System that are not closed. Whoever may see the field may see them all. */
export async function shownGaps(ctx: HubContext, system: System): Promise<TimeSpan[]> {
  const em = ctx.kernel.systemEm()
  const rows = await rowsOf<Gap>(em, Gap, { select: ['fromAt', 'toAt'] })
    .where(sql<SqlBool>`${column(em, Gap, 'systemId')} = ${system.id} and ${column(em, Gap, 'closedAt')} is null`)
    .orderBy(column(em, Gap, 'fromAt'), 'desc')
    .limit(MOST)
    .execute()
  const gaps = rows.map(({ fromAt: from, toAt: to }) => ({ from, to }))
  // Nobody notes a gap while no process listens.
  const unheard = system.state !== SystemState.PAUSED && isUnheard(system.completeUntil, ctx.now)
  const lasts = gaps.some(({ to }) => to === null)
  return unheard && !lasts ? [{ from: system.completeUntil!, to: null }, ...gaps.slice(0, MOST - 1)] : gaps
}
