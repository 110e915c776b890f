import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { HubContext } from '../../../kernel/context/index.js'
import { column } from '../../../kernel/orm/index.js'
import { AccessGrant } from './accessGrant.entity.js'

/** Grants that open something at this moment. */
export const inForceNow = (ctx: HubContext): RawBuilder<SqlBool> =>
  sql<SqlBool>`${column(ctx.em, AccessGrant, 'endedAt')} is null and ${column(ctx.em, AccessGrant, 'endsAt')} > ${ctx.now}`
